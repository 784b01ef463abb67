package io.tabot.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.testing.HistoryChecker.Published;
import io.tabot.testing.HistoryChecker.Revision;
import io.tabot.testing.HistoryChecker.Sent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A checker that accepts everything would pass every test of the service, so it has to reject each way to be wrong. */
class HistoryCheckerTest {
    /** Two signals on each candle; under revision 3 none. */
    private static final HistoryChecker CHECKER = new HistoryChecker(HistoryCheckerTest::engine);

    private static final List<Published> CANDLES =
            List.of(new Published("a", 1, 1), new Published("b", 1, 2), new Published("c", 2, 3));
    private static final List<Sent> GOOD = List.of(
            new Sent("1", "a", 1, "buy a 1"),
            new Sent("2", "a", 1, "sell a 1"),
            new Sent("4", "b", 2, "sell b 2"),
            new Sent("3", "b", 2, "buy b 2"));
    private static final List<Revision> HISTORY =
            List.of(new Revision(1, "x"), new Revision(2, "y"), new Revision(3, "z"));

    @Test
    void acceptsWhatIsRight() {
        assertThat(CHECKER.signals(CANDLES, GOOD)).isEmpty();
        assertThat(HistoryChecker.changes(HISTORY.subList(0, 2), Map.of("n1", HISTORY, "n2", HISTORY)))
                .isEmpty();
    }

    @Test
    void rejectsALostSignal() {
        assertThat(CHECKER.signals(CANDLES, GOOD.subList(0, 3)))
                .containsExactly("the signals on b are not those of revision 2");
    }

    @Test
    void rejectsALostCandle() {
        assertThat(CHECKER.signals(CANDLES, GOOD.subList(0, 2))).containsExactly("no signals on b");
    }

    @Test
    void rejectsARepeatedSignal() {
        assertThat(CHECKER.signals(CANDLES, with(GOOD.getFirst()))).containsExactly("signal 1 is there twice");
    }

    @Test
    void rejectsOtherValuesThanTheEngines() {
        assertThat(CHECKER.signals(CANDLES, with(new Sent("5", "a", 1, "buy a 2"))))
                .containsExactly("the signals on a are not those of revision 1");
    }

    @Test
    void rejectsACandleUnderTwoRevisions() {
        assertThat(CHECKER.signals(CANDLES, with(new Sent("5", "b", 1, "buy b 1"))))
                .containsExactly("b was evaluated under several revisions: [1, 2]");
    }

    @Test
    void rejectsARevisionThatWasNotInForce() {
        assertThat(CHECKER.signals(CANDLES, with(new Sent("5", "c", 1, "buy c 1"))))
                .containsExactly("c was evaluated under revision 1, which was not in force");
    }

    @Test
    void rejectsSignalsOutOfNothing() {
        assertThat(CHECKER.signals(CANDLES, with(new Sent("5", "d", 1, "buy d 1"))))
                .containsExactly("signals on d, which nobody has published");
    }

    @Test
    void rejectsALostChange() {
        assertThat(HistoryChecker.changes(HISTORY, Map.of("n1", HISTORY.subList(0, 2))))
                .containsExactly("acknowledged revision 3 is lost");
        assertThat(HistoryChecker.changes(List.of(new Revision(2, "other")), Map.of("n1", HISTORY)))
                .containsExactly("acknowledged revision 2 is lost");
    }

    @Test
    void rejectsNodesThatDisagree() {
        var other = List.of(HISTORY.getFirst(), new Revision(2, "other"), HISTORY.getLast());
        assertThat(HistoryChecker.changes(List.of(), Map.of("n1", HISTORY, "n2", other)))
                .singleElement()
                .asString()
                .startsWith("revision 2 has two hashes");
    }

    @Test
    void rejectsANodeThatLagsAtTheEndOrHasAHole() {
        assertThat(HistoryChecker.changes(List.of(), Map.of("n1", HISTORY, "n2", HISTORY.subList(0, 2))))
                .containsExactly("revision 3 is missing on n2");
        assertThat(HistoryChecker.changes(List.of(), Map.of("n1", List.of(HISTORY.getFirst(), HISTORY.getLast()))))
                .containsExactly("revision 2 is missing on n1");
    }

    private static Set<String> engine(String candle, long revision) {
        return revision == 3 ? Set.of() : Set.of("buy " + candle + " " + revision, "sell " + candle + " " + revision);
    }

    private static List<Sent> with(Sent signal) {
        var more = new ArrayList<>(GOOD);
        more.add(signal);
        return more;
    }
}
