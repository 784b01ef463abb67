package io.tabot.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.config.Incarnation.Phase;
import io.tabot.testing.Events;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A journal that holds nothing but shows that it once did is not a new one. */
class RemnantTest {
    private static final Voter.Reply LOST = new Voter.Holds("mongodb", VoterState.EMPTY.remnant());

    @Test
    void aSoleJournalThatLostItsHistoryIsNoFirstStart() {
        var alone = new Incarnation(List.of("mongodb"), "me");
        alone.start();

        var steps = alone.answered(LOST);

        assertThat(steps).isEmpty();
        assertThat(alone.phase()).isEqualTo(Phase.READING);
        assertThat(alone.obstacle()).get().asString().contains("in mongodb lies a record of an earlier history");
    }

    @Test
    void newVotersBesideItAreNoFirstStartEither() {
        var several = new Incarnation(List.of("mongodb", "mysql", Voter.WITNESS), "me");
        several.start();
        several.answered(LOST);
        several.answered(new Voter.Holds("mysql", VoterState.EMPTY));

        assertThat(several.answered(new Voter.Holds(Voter.WITNESS, VoterState.EMPTY)))
                .isEmpty();
        assertThat(several.obstacle()).isPresent();
    }

    @Test
    void isFilledFromTheOthersAsAnyThatLostItsHistory() {
        var several = new Incarnation(List.of("mongodb", "mysql", Voter.WITNESS), "me");
        several.start();
        several.answered(LOST);
        several.answered(holding("mysql"));

        var steps = several.answered(holding(Voter.WITNESS));

        assertThat(steps).hasSize(2).allMatch(step -> step instanceof Step.Ask(var _, Step.Claim _));
        assertThat(several.obstacle()).isEmpty();
        assertThat(several.statuses().getFirst().state()).isEqualTo(VoterStatus.State.EMPTY);
    }

    private static Voter.Reply holding(String voter) {
        var event = Events.chain(1).getFirst();
        var term = new Term(0, 1);
        var reign = new Reign(term, List.of("mongodb", "mysql", Voter.WITNESS), List.of(), null);
        var kept = Kept.NOTHING.with(event.hash(), term, 3);
        return new Voter.Holds(voter, new VoterState(3, new Writer(term, "earlier"), term, kept, reign, false));
    }
}
