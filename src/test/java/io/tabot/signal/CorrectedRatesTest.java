package io.tabot.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.market.Candle;
import io.tabot.market.CandleViews;
import io.tabot.market.CandleWindow;
import io.tabot.market.HigherCandles;
import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import io.tabot.strategy.RuleSet;
import io.tabot.testing.Configs;
import io.tabot.testing.SimulatedCandles;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Rules that never fire under rule set python fire under corrected about as often as the specification measured on
 * series of the same kinds: within a factor of two.
 */
@Tag("long")
class CorrectedRatesTest {
    private static final long SEED = 20_260_727;
    private static final int CANDLES = 60_000;
    private static final int WINDOW = 250;
    private static final int LONG_WINDOW = 300;
    private static final double CONFIDENCE_MIN = 0.6;

    private final SignalEngine engine = new SignalEngine("test");

    /** D-2. */
    @ParameterizedTest
    @CsvSource({"5m, 0.0015, 0.10", "15m, 0.004, 0.24", "1d, 0.02, 0.72"})
    void dojiFires(String timeframe, double volatility, double confidentShare) {
        var signals = signals("doji_reversal", timeframe, candles(volatility));

        var confident = signals.values().stream()
                .filter(signal -> signal.confidence() >= CONFIDENCE_MIN)
                .count();
        System.out.println("doji_reversal " + timeframe + ": " + signals.size() + " of " + CANDLES + " candles, "
                + confident + " with confidence " + CONFIDENCE_MIN + ", seed " + SEED);
        assertIsAbout(0.048, (double) signals.size() / CANDLES);
        assertIsAbout(confidentShare, (double) confident / signals.size());
    }

    /** D-3. */
    @ParameterizedTest
    @CsvSource({"5m, 0.0015, 13163, 0", "15m, 0.004, 12884, 579", "1d, 0.02, 12847, 12516"})
    void minerviniFiresWhereAllCriteriaHold(String timeframe, double volatility, int trends, int recovered) {
        var candles = candles(volatility);
        var closes = candles.stream().mapToDouble(Candle::close).toArray();

        var fired = signals("minervini_trend_template", timeframe, candles).keySet();

        var trending = matching(last -> isTrending(closes, last));
        var expected =
                trending.stream().filter(last -> isRecovered(closes, last)).toList();
        System.out.println("minervini_trend_template " + timeframe + ": the other criteria hold on " + trending.size()
                + " of " + CANDLES + " candles, the recovery as well on " + expected.size() + ", seed " + SEED);
        assertThat(fired).containsExactlyElementsOf(expected);
        assertIsAbout(trends, trending.size());
        assertIsAbout((double) recovered / trends, (double) expected.size() / trending.size());
    }

    private static void assertIsAbout(double expected, double actual) {
        assertThat(actual).isBetween(expected / 2, expected * 2);
    }

    private static List<Candle> candles(double volatility) {
        return SimulatedCandles.of(SEED, CANDLES, volatility);
    }

    /** By the index of the candle they were given on. */
    private TreeMap<Integer, Signal> signals(String strategyId, String timeframe, List<Candle> candles) {
        var window = new CandleWindow(LONG_WINDOW);
        var views = new CandleViews(window.newest(WINDOW), window.newest(LONG_WINDOW), HigherCandles.NONE);
        var config = Configs.only(strategyId, RuleSet.CORRECTED, Map.of());
        var signals = new TreeMap<Integer, Signal>();
        for (var i = 0; i < candles.size(); i++) {
            window.insert(candles.get(i));
            for (var signal : engine.evaluate(
                    new Symbol("BTCUSDT"), Timeframe.of(timeframe).orElseThrow(), views, config, Rejections.IGNORED)) {
                signals.put(i, signal);
            }
        }
        return signals;
    }

    private static List<Integer> matching(IntPredicate condition) {
        return IntStream.range(264, CANDLES).filter(condition).boxed().toList();
    }

    // The criteria written out plainly, as the specification has them.

    private static boolean isTrending(double[] closes, int last) {
        var close = closes[last];
        var sma50 = mean(closes, last, 50);
        var sma150 = mean(closes, last, 150);
        var sma200 = mean(closes, last, 200);
        return close > sma50
                && sma50 > sma150
                && sma150 > sma200
                && sma200 > mean(closes, last - 20, 200)
                && close >= 0.75 * year(closes, last).max().orElseThrow()
                && strength(closes, last) > 70;
    }

    private static boolean isRecovered(double[] closes, int last) {
        return closes[last] >= 1.30 * year(closes, last).min().orElseThrow();
    }

    private static double strength(double[] closes, int last) {
        var close = closes[last];
        return 100
                * (0.4 * close / closes[last - 62]
                        + 0.2 * close / closes[last - 125]
                        + 0.2 * close / closes[last - 188]
                        + 0.2 * close / closes[last - 251]);
    }

    private static double mean(double[] closes, int last, int count) {
        var sum = 0.0;
        for (var i = last - count + 1; i <= last; i++) {
            sum += closes[i];
        }
        return sum / count;
    }

    private static DoubleStream year(double[] closes, int last) {
        return Arrays.stream(closes, last - 259, last + 1);
    }
}
