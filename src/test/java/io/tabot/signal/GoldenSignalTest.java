package io.tabot.signal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tabot.market.CandleViews;
import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import io.tabot.strategy.RuleSet;
import io.tabot.testing.CandleColumns;
import io.tabot.testing.Configs;
import io.tabot.testing.Golden;
import io.tabot.testing.Windows;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Rule set python against everything that was recorded of the Python bot: its signals and its silence. */
class GoldenSignalTest {
    private static final int DIFFERENCES_SHOWN = 20;

    private final SignalEngine engine = new SignalEngine("test");
    private final Map<String, Tally> tallies = new LinkedHashMap<>();
    private final List<String> differences = new ArrayList<>();
    private int windows;

    @Test
    void everyRecordedWindowGivesTheRecordedSignals() {
        Configs.CATALOG.ids().forEach(id -> tallies.put(id, new Tally()));

        Golden.series().forEach(this::compareSeries);

        System.out.println(windows + " recorded windows");
        tallies.forEach((id, tally) -> System.out.println(id + ": " + tally));
        assertThat(differences.stream().limit(DIFFERENCES_SHOWN)).isEmpty();
        assertThat(tallies)
                .allSatisfy((id, tally) -> assertThat(tally.fired > 0).isNotEqualTo(Golden.NEVER_FIRED.contains(id)));
    }

    private void compareSeries(String name) {
        var candles = Golden.candles(name);
        Golden.signalLines(name).forEach(line -> compareWindow(candles, line));
    }

    private void compareWindow(CandleColumns candles, JsonNode line) {
        windows++;
        var view = Windows.of(
                candles, line.get("end_index").asInt(), line.get("window").asInt());
        var signals = engine.evaluate(
                new Symbol(line.get("symbol").asText()),
                Timeframe.of(line.get("timeframe").asText()).orElseThrow(),
                CandleViews.of(view),
                Configs.everything(RuleSet.PYTHON),
                Rejections.IGNORED);
        var expected = StreamSupport.stream(line.get("signals").spliterator(), false)
                .filter(signal -> tallies.containsKey(strategyId(signal)))
                .toList();
        var where = line.get("series").asText() + " " + line.get("end_index") + " of " + line.get("window");
        compareSignals(where, expected, signals);
    }

    private void compareSignals(String where, List<JsonNode> expected, List<Signal> actual) {
        var expectedIds = expected.stream().map(GoldenSignalTest::strategyId).toList();
        var actualIds = actual.stream().map(Signal::strategyId).toList();
        tallies.forEach((id, tally) -> tally.count(expectedIds.contains(id)));
        if (!expectedIds.equals(actualIds)) {
            differences.add(where + ": expected " + expectedIds + ", but was " + actualIds);
            return;
        }
        for (var i = 0; i < expected.size(); i++) {
            var tally = tallies.get(expectedIds.get(i));
            new RecordedSignal(expected.get(i)).compare(actual.get(i), tally, differences, where);
        }
    }

    private static String strategyId(JsonNode signal) {
        return signal.get("strategy_id").asText();
    }

    /** What was compared for one strategy. */
    static final class Tally {
        private int fired;
        private int silent;
        private int numbers;
        private int bitEqual;

        private void count(boolean hasFired) {
            fired += hasFired ? 1 : 0;
            silent += hasFired ? 0 : 1;
        }

        void number(boolean isBitEqual) {
            numbers++;
            bitEqual += isBitEqual ? 1 : 0;
        }

        @Override
        public String toString() {
            return "fired " + fired + ", silent " + silent + ", compared " + (fired + silent) + ", bit-equal "
                    + bitEqual + " of " + numbers + " numbers";
        }
    }
}
