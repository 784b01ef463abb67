package io.tabot.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.config.Incarnation.Phase;
import io.tabot.testing.Events;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Changes go on while a journal that was away catches up with them, and it catches up all the same. */
class CatchUpTest {
    private static final String SLOW = "mysql";
    private static final List<String> VOTERS = List.of("mongodb", SLOW, Voter.WITNESS);
    private static final int MISSED = 40;

    private final Incarnation incarnation = new Incarnation(VOTERS, "me");
    private final Map<String, SimulatedLog> logs = new HashMap<>();
    private final List<ConfigEvent> history = Events.chain(200);
    private Step.Ask askedOfSlow;
    private int changes;

    @Test
    void noChangeWaitsForMoreThanTwoWritesOfAJournalThatIsBehind() {
        openAndLetOneFallBehind();
        var writes = 0;
        var waits = new ArrayList<Integer>();

        incarnation.lookAgain(SLOW).forEach(this::carryOut);
        for (var waited = 0; incarnation.statuses().get(1).state() != VoterStatus.State.LEVEL; waited++) {
            if (incarnation.takesChanges()) {
                waits.add(waited);
                waited = 0;
                change();
            }
            answerOfSlow();
            writes++;
            assertThat(writes).isLessThan(5 * MISSED);
        }

        assertThat(waits).hasSizeGreaterThan(MISSED / 2).allMatch(waited -> waited <= Levelling.STRIDE);
        assertThat(incarnation.takesChanges()).isTrue();
        assertThat(logs.get(SLOW).kept()).isEqualTo(logs.get("mongodb").kept());
    }

    private void openAndLetOneFallBehind() {
        VOTERS.forEach(voter -> logs.put(voter, new SimulatedLog(voter)));
        incarnation.start().forEach(this::carryOut);
        while (askedOfSlow != null) {
            answerOfSlow();
        }
        assertThat(incarnation.phase()).isEqualTo(Phase.OPEN);
        change();
        answerOfSlow();
        change();
        incarnation.silent(SLOW).forEach(this::carryOut);
        askedOfSlow = null;
        while (changes < MISSED) {
            change();
        }
    }

    private void change() {
        incarnation.submit(history.get(changes)).forEach(this::carryOut);
        changes++;
    }

    private void answerOfSlow() {
        var ask = askedOfSlow;
        askedOfSlow = null;
        if (ask != null) {
            incarnation.answered(logs.get(SLOW).answer(ask.request())).forEach(this::carryOut);
        }
    }

    private void carryOut(Step step) {
        switch (step) {
            case Step.Ask ask when ask.voter().equals(SLOW) -> askedOfSlow = ask;
            case Step.Ask ask ->
                incarnation
                        .answered(logs.get(ask.voter()).answer(ask.request()))
                        .forEach(this::carryOut);
            case Step.Fetch(var voter, var _, var from, var limit) ->
                incarnation
                        .fetched(voter, history.subList((int) from - 1, (int) from - 1 + limit))
                        .forEach(this::carryOut);
            case Step.Opened _,
                    Step.Committed _,
                    Step.Unconfirmed _,
                    Step.LookAgain _,
                    Step.Deposed _,
                    Step.StartAnew _ -> {}
        }
    }
}
