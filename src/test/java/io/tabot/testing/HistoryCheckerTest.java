package io.tabot.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.testing.HistoryChecker.Published;
import io.tabot.testing.HistoryChecker.Revision;
import io.tabot.testing.HistoryChecker.Sent;
import io.tabot.testing.HistoryChecker.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A checker that accepts everything would pass every test of the service, so it has to reject each way to be wrong. */
class HistoryCheckerTest {
    /** Two signals on each candle; under revision 3 none. */
    private static final HistoryChecker CHECKER = new HistoryChecker(HistoryCheckerTest::engine);

    private static final List<Published> CANDLES = List.of(candle("a", 1, 1), candle("b", 1, 2), candle("c", 2, 3));
    private static final List<Sent> GOOD =
            List.of(sent("buy a", 1), sent("sell a", 1), sent("sell b", 2), sent("buy b", 2));
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
                .containsExactly("signals on b are missing, there are 1");
    }

    @Test
    void rejectsALostCandle() {
        assertThat(CHECKER.signals(CANDLES, GOOD.subList(0, 2)))
                .containsExactly("signals on b are missing, there are 0");
    }

    @Test
    void rejectsARepeatedSignal() {
        assertThat(CHECKER.signals(CANDLES, with(GOOD.getFirst()))).containsExactly("signal buy a is there twice");
    }

    @Test
    void rejectsOtherValuesThanTheEngines() {
        var wrong = List.of(new Sent("buy a", "a", "n1", 1, "buy a 9"), GOOD.get(1), GOOD.get(2), GOOD.get(3));
        assertThat(CHECKER.signals(CANDLES, wrong)).containsExactly("a signal on a is not of revision 1: buy a 9");
    }

    @Test
    void rejectsASignalThatTheEngineDoesNotKnow() {
        assertThat(CHECKER.signals(CANDLES, with(new Sent("hold a", "a", "n1", 1, "hold a 1"))))
                .containsExactly("a signal on a is not of revision 1: hold a 1");
    }

    @Test
    void rejectsACandleUnderTwoRevisions() {
        var two = List.of(GOOD.get(0), GOOD.get(1), sent("buy b", 1), sent("sell b", 2));
        assertThat(CHECKER.signals(CANDLES, two)).containsExactly("b was evaluated under several revisions: [1, 2]");
    }

    @Test
    void acceptsTwoRevisionsOfADisturbedCandleIfAllOfOneIsThere() {
        var disturbed = List.of(disturbed("b", 1, 2));
        assertThat(CHECKER.signals(disturbed, List.of(sent("buy b", 1), sent("sell b", 2))))
                .isEmpty();
        assertThat(CHECKER.signals(disturbed, List.of(sent("buy b", 1))))
                .containsExactly("signals on b are missing, there are 1");
        assertThat(HistoryChecker.mixed(List.of(sent("buy b", 1), sent("sell b", 2), sent("buy a", 1))))
                .isOne();
    }

    @Test
    void rejectsARevisionThatWasNotInForceHoweverDisturbed() {
        var disturbed = List.of(disturbed("c", 2, 3));
        assertThat(CHECKER.signals(disturbed, List.of(sent("buy c", 1), sent("sell c", 1))))
                .containsExactly("c was evaluated under revision 1, which was not in force on n1; there were 2 to 3");
        assertThat(CHECKER.signals(disturbed, List.of(sent("buy c", 4), sent("sell c", 4))))
                .containsExactly("c was evaluated under revision 4, which was not in force on n1; there were 2 to 3");
    }

    @Test
    void rejectsARevisionThatOnlyAnotherNodeHadInForce() {
        var oneBehind = List.of(new Published("b", Map.of("n1", 2L, "n2", 1L), 2, true));
        assertThat(CHECKER.signals(oneBehind, List.of(sent("buy b", "n2", 1), sent("sell b", "n2", 1))))
                .isEmpty();
        assertThat(CHECKER.signals(oneBehind, List.of(sent("buy b", "n1", 1), sent("sell b", "n2", 1))))
                .containsExactly("b was evaluated under revision 1, which was not in force on n1; there were 2 to 2");
    }

    @Test
    void rejectsANodeThatIsNot() {
        assertThat(CHECKER.signals(CANDLES.subList(0, 1), List.of(sent("buy a", "n3", 1), sent("sell a", "n1", 1))))
                .containsExactly("a was evaluated by n3, which nobody knows");
    }

    @Test
    void rejectsSignalsOutOfNothing() {
        assertThat(CHECKER.signals(CANDLES, with(sent("buy d", 1))))
                .containsExactly("signals on d, which nobody has published");
    }

    @Test
    void acceptsWhatNodesShowOfTheHistory() {
        assertThat(HistoryChecker.shown(
                        List.of(shown("n1", 1, "x"), shown("n2", 3, "z"), shown("n1", 1, "x"), shown("n1", 2, "y")),
                        HISTORY))
                .isEmpty();
    }

    @Test
    void rejectsANodeThatShowsAnotherContentOrOneThatIsNot() {
        assertThat(HistoryChecker.shown(List.of(shown("n1", 2, "other"), shown("n2", 4, "w")), HISTORY))
                .containsExactly(
                        "n1 showed a revision 2 that the history has not",
                        "n2 showed a revision 4 that the history has not");
    }

    @Test
    void rejectsANodeThatGoesBack() {
        assertThat(HistoryChecker.shown(List.of(shown("n1", 3, "z"), shown("n1", 2, "y")), HISTORY))
                .containsExactly("n1 showed revision 2 after 3");
    }

    @Test
    void rejectsANodeThatEndsOnAnotherRevision() {
        assertThat(HistoryChecker.ends(Map.of("n1", 3L, "n2", 3L), 3)).isEmpty();
        assertThat(HistoryChecker.ends(Map.of("n1", 2L, "n2", 3L, "n3", 4L), 3))
                .containsExactly("n1 ends on revision 2 and not on 3", "n3 ends on revision 4 and not on 3");
    }

    @Test
    void countsTheSignalsThatCouldNotBeMissingUnnoticed() {
        assertThat(CHECKER.indispensable(CANDLES, GOOD)).isEqualTo(4);
        assertThat(CHECKER.indispensable(List.of(disturbed("b", 1, 2)), GOOD)).isEqualTo(2);
        assertThat(CHECKER.indispensable(List.of(disturbed("b", 1, 3)), GOOD)).isZero();
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

    private static Map<String, String> engine(String candle, long revision) {
        return revision == 3
                ? Map.of()
                : Map.of(
                        "buy " + candle,
                        "buy " + candle + " " + revision,
                        "sell " + candle,
                        "sell " + candle + " " + revision);
    }

    private static Published candle(String candle, long first, long last) {
        return new Published(candle, Map.of("n1", first), last, false);
    }

    private static Published disturbed(String candle, long first, long last) {
        return new Published(candle, Map.of("n1", first), last, true);
    }

    private static Sent sent(String id, long revision) {
        return sent(id, "n1", revision);
    }

    private static Sent sent(String id, String node, long revision) {
        return new Sent(id, id.substring(id.indexOf(' ') + 1), node, revision, id + " " + revision);
    }

    private static Shown shown(String node, long revision, String hash) {
        return new Shown(node, revision, hash);
    }

    private static List<Sent> with(Sent signal) {
        var more = new ArrayList<>(GOOD);
        more.add(signal);
        return more;
    }
}
