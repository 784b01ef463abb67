package io.tabot.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tabot.config.Incarnation.Phase;
import io.tabot.config.Step.Append;
import io.tabot.config.Step.Ask;
import io.tabot.config.Step.Claim;
import io.tabot.config.Step.Committed;
import io.tabot.config.Step.Deposed;
import io.tabot.config.Step.LookAgain;
import io.tabot.config.Step.Opened;
import io.tabot.config.Step.Read;
import io.tabot.config.Step.Unconfirmed;
import io.tabot.testing.Events;
import java.util.List;
import org.junit.jupiter.api.Test;

class IncarnationTest {
    private static final String VOTER = "embedded";
    private static final Writer ME = new Writer(new Term(0, 1), "me");
    private static final ConfigEvent EVENT = Events.chain(1).getFirst();

    private final Incarnation incarnation = new Incarnation(List.of(VOTER), "me");

    @Test
    void readsBeforeItClaims() {
        assertThat(incarnation.start()).containsExactly(new Ask(VOTER, new Read()));
        assertThat(incarnation.answered(holds(VoterState.EMPTY))).containsExactly(new Ask(VOTER, new Claim(ME)));
    }

    @Test
    void claimsOneNumberAboveTheHighestSeen() {
        incarnation.start();

        var steps = incarnation.answered(holds(state(3, new Writer(new Term(2, 7), "other"), 1)));

        assertThat(steps).containsExactly(new Ask(VOTER, new Claim(new Writer(new Term(2, 8), "me"))));
    }

    @Test
    void showsNothingBeforeTheTermIsOpen() {
        incarnation.start();
        incarnation.answered(holds(VoterState.EMPTY));
        var opening = incarnation.answered(new Voter.Claimed(VOTER, claimed()));

        assertThat(opening)
                .containsExactly(new Ask(
                        VOTER, new Append(1, new VoterRecord.TermOpened(ME, 0, HashChain.GENESIS, List.of(VOTER)))));
        assertThat(incarnation.answered(new Voter.Stored(VOTER, opened())))
                .containsExactly(new Opened(0, HashChain.GENESIS, List.of(VOTER)));
        assertThat(incarnation.phase()).isEqualTo(Phase.OPEN);
    }

    @Test
    void commitsWhatAMajorityStored() {
        open();

        assertThat(incarnation.submit(EVENT))
                .containsExactly(new Ask(VOTER, new Append(2, new VoterRecord.Event(ME, ME.term(), EVENT))));
        assertThat(incarnation.answered(new Voter.Stored(VOTER, withEvent())))
                .containsExactly(new Committed(EVENT, List.of(VOTER)));
        assertThat(incarnation.pending()).isEmpty();
    }

    @Test
    void takesOneEventAtATime() {
        open();
        incarnation.submit(EVENT);

        assertThatThrownBy(() -> incarnation.submit(EVENT)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void looksAgainAfterSilenceAndOffersTheSameEvent() {
        open();
        incarnation.submit(EVENT);

        assertThat(incarnation.silent(VOTER)).containsExactly(new LookAgain(VOTER), new Unconfirmed(EVENT));
        assertThat(incarnation.away()).containsExactly(VOTER);
        assertThat(incarnation.lookAgain(VOTER)).containsExactly(new Ask(VOTER, new Read()));
        assertThat(incarnation.answered(holds(opened())))
                .containsExactly(new Ask(VOTER, new Append(2, new VoterRecord.Event(ME, ME.term(), EVENT))));
    }

    @Test
    void takesAKnownFailureForSilence() {
        open();
        incarnation.submit(EVENT);

        assertThat(incarnation.answered(new Voter.Failed(VOTER)))
                .containsExactly(new LookAgain(VOTER), new Unconfirmed(EVENT));
        assertThat(incarnation.away()).containsExactly(VOTER);
    }

    @Test
    void countsALateWriteOfItsOwnForWhatItIs() {
        open();
        incarnation.submit(EVENT);
        incarnation.silent(VOTER);
        incarnation.lookAgain(VOTER);

        assertThat(incarnation.answered(holds(withEvent()))).containsExactly(new Committed(EVENT, List.of(VOTER)));
    }

    @Test
    void anAnswerAfterTheTimeOutStillCounts() {
        open();
        incarnation.submit(EVENT);
        incarnation.silent(VOTER);

        assertThat(incarnation.answered(new Voter.Stored(VOTER, withEvent())))
                .containsExactly(new Committed(EVENT, List.of(VOTER)));
    }

    @Test
    void aMovedPositionAloneDeposesNobody() {
        open();
        incarnation.submit(EVENT);

        assertThat(incarnation.answered(new Voter.Moved(VOTER, withEvent())))
                .containsExactly(new Committed(EVENT, List.of(VOTER)));
    }

    @Test
    void stopsWhenAHigherWriterWasPromised() {
        open();
        incarnation.submit(EVENT);
        var fence = new Writer(new Term(0, 2), "other");

        assertThat(incarnation.answered(new Voter.Fenced(VOTER, fence)))
                .containsExactly(new Unconfirmed(EVENT), new Deposed(fence));
        assertThat(incarnation.answered(holds(withEvent()))).isEmpty();
        assertThat(incarnation.lookAgain(VOTER)).isEmpty();
    }

    @Test
    void stopsWhenAnotherWriterHasTheSameNumber() {
        incarnation.start();
        incarnation.answered(holds(VoterState.EMPTY));
        var twin = new Writer(ME.term(), "twin");

        assertThat(incarnation.answered(holds(state(1, twin, 0)))).containsExactly(new Deposed(twin));
    }

    private void open() {
        incarnation.start();
        incarnation.answered(holds(VoterState.EMPTY));
        incarnation.answered(new Voter.Claimed(VOTER, claimed()));
        incarnation.answered(new Voter.Stored(VOTER, opened()));
    }

    private static Voter.Reply holds(VoterState state) {
        return new Voter.Holds(VOTER, state);
    }

    private static VoterState claimed() {
        return new VoterState(1, ME, Term.NONE, Kept.NOTHING, Reign.NONE, false);
    }

    private static VoterState opened() {
        return new VoterState(2, ME, ME.term(), Kept.NOTHING, reign(ME), false);
    }

    private static VoterState withEvent() {
        return new VoterState(3, ME, ME.term(), Kept.NOTHING.with(EVENT.hash(), ME.term(), 3), reign(ME), false);
    }

    private static VoterState state(long position, Writer fence, long revision) {
        var kept = revision == 0 ? Kept.NOTHING : Kept.NOTHING.with(EVENT.hash(), fence.term(), position);
        return new VoterState(position, fence, fence.term(), kept, reign(fence), false);
    }

    private static Reign reign(Writer writer) {
        return new Reign(writer.term(), List.of(VOTER), List.of(), null);
    }
}
