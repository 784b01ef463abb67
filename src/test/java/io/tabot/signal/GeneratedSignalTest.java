package io.tabot.signal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tabot.market.Candle;
import io.tabot.market.CandleViews;
import io.tabot.market.CandleWindow;
import io.tabot.market.HigherCandles;
import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import io.tabot.strategy.Decision.Action;
import io.tabot.strategy.RuleSet;
import io.tabot.testing.Configs;
import io.tabot.testing.GeneratedCandles;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.provider.CsvFileSource;

/**
 * The specification's tables over generated candles: counts and sums of what the original emitted. Doji reversal emits
 * under rule set corrected only; its rows are those of the original without its error.
 */
class GeneratedSignalTest {
    private static final int WINDOW = 250;
    private static final List<Candle> CANDLES = GeneratedCandles.all();
    private static final long STEP_MILLIS = 15 * 60 * 1000;
    private static final Symbol SYMBOL = new Symbol("BTCUSDT");
    private static final Map<RuleSet, List<Signal>> SIGNALS =
            Map.of(RuleSet.PYTHON, walk(RuleSet.PYTHON), RuleSet.CORRECTED, walk(RuleSet.CORRECTED));

    @Test
    void generatesTheCandlesOfTheSpecification() {
        assertCandle(0, 100.0, 100.09, 99.95, 100.09, 176.02);
        assertCandle(1, 100.09, 100.12, 99.88, 100.02, 130.95);
        assertCandle(2, 100.02, 100.35, 99.89, 100.15, 178.3);
        assertCandle(249, 100.18, 100.57, 99.47, 99.86, 200.71);
        assertCandle(1499, 100.76, 101.49, 100.51, 101.33, 252.81);
    }

    @Test
    void tellsOfEveryStrategyAndOfNoOther() {
        var rows = new BufferedReader(new InputStreamReader(
                        GeneratedSignalTest.class.getResourceAsStream("/generated/signal-sums.csv"), UTF_8))
                .lines()
                .skip(1)
                .map(row -> row.split(",")[0]);

        assertThat(rows).hasSize(28).containsExactlyElementsOf(Configs.CATALOG.ids());
    }

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/generated/signal-sums.csv", numLinesToSkip = 1)
    void firesAsOftenAndWithTheSameSums(ArgumentsAccessor row) {
        var signals = signals(row);
        var sums = new double[4];
        signals.forEach((index, signal) -> {
            sums[0] += index;
            sums[1] += signal.confidence();
            sums[2] += signal.stopLoss();
            sums[3] += signal.takeProfit();
        });

        assertThat(count(signals, Action.BUY)).isEqualTo(row.getLong(2));
        assertThat(count(signals, Action.SELL)).isEqualTo(row.getLong(3));
        assertThat(count(signals, Action.HOLD)).isEqualTo(row.getLong(4));
        assertThat(sums[0]).isEqualTo(row.getDouble(5));
        assertThat(sums[1]).isCloseTo(row.getDouble(6), within(1e-9));
        assertThat(sums[2]).isCloseTo(row.getDouble(7), within(1e-6));
        assertThat(sums[3]).isCloseTo(row.getDouble(8), within(1e-6));
    }

    @ParameterizedTest(name = "{0} at {2}")
    @CsvFileSource(resources = "/generated/first-signals.csv", numLinesToSkip = 1)
    void firesFirstWhereTheOriginalDid(ArgumentsAccessor row) {
        var signal = signals(row).get(row.getInteger(2));

        assertThat(signal).isNotNull();
        assertThat(signal.action()).isEqualTo(Action.valueOf(row.getString(3).toUpperCase(Locale.ROOT)));
        assertThat(signal.confidence()).isCloseTo(row.getDouble(4), within(1e-12));
        assertThat(signal.price()).isEqualTo(row.getDouble(5));
        assertThat(signal.stopLoss()).isCloseTo(row.getDouble(6), within(1e-9));
        assertThat(signal.takeProfit()).isCloseTo(row.getDouble(7), within(1e-9));
    }

    /** The signals of the row's strategy under its rule set, by the index of their candle. */
    private static SortedMap<Integer, Signal> signals(ArgumentsAccessor row) {
        var id = row.getString(0);
        assertThat(Configs.CATALOG.find(id)).as(id).isPresent();
        var signals = new TreeMap<Integer, Signal>();
        SIGNALS.get(RuleSet.of(row.getString(1)).orElseThrow()).stream()
                .filter(signal -> signal.strategyId().equals(id))
                .forEach(signal -> signals.put(index(signal), signal));
        return signals;
    }

    private static int index(Signal signal) {
        return (int) ((signal.openTime() - CANDLES.getFirst().openTime()) / STEP_MILLIS);
    }

    private static long count(SortedMap<Integer, Signal> signals, Action action) {
        return signals.values().stream()
                .filter(signal -> signal.action() == action)
                .count();
    }

    private static List<Signal> walk(RuleSet ruleSet) {
        var engine = new SignalEngine("test");
        var config = Configs.everything(ruleSet);
        var window = new CandleWindow(300);
        var views = new CandleViews(window.newest(WINDOW), window.newest(300), HigherCandles.NONE);
        var signals = new ArrayList<Signal>();
        for (var i = 0; i < CANDLES.size(); i++) {
            window.insert(CANDLES.get(i));
            if (i >= WINDOW - 1) {
                signals.addAll(engine.evaluate(SYMBOL, Timeframe.FIFTEEN_MINUTES, views, config, Rejections.IGNORED));
            }
        }
        return signals;
    }

    private static void assertCandle(int i, double open, double high, double low, double close, double volume) {
        var expected = new Candle(CANDLES.get(i).openTime(), open, high, low, close, volume);
        assertThat(CANDLES.get(i)).isEqualTo(expected);
    }
}
