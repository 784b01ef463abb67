package io.tabot.indicator;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tabot.testing.CandleColumns;
import io.tabot.testing.Golden;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every recorded indicator value of the original, bit for bit. */
class GoldenIndicatorTest {

    private static final int RECORDED_VALUES = 365_053;

    /** By the names of the recordings. */
    static final Map<String, Formula> FORMULAS = Map.ofEntries(
            entry("rsi", Formula.rsi(14)),
            entry("macd", Formula.macd(12, 26, 9)),
            entry("macd_signal", Formula.macdSignal(12, 26, 9)),
            entry("macd_hist", Formula.macdHistogram(12, 26, 9)),
            entry("adx", Formula.adx(14)),
            entry("atr", Formula.atr(14)),
            entry("vwap", Formula.vwap()),
            entry("ema21", Formula.seeded(21)),
            entry("ema50", Formula.seeded(50)),
            entry("ema200", Formula.seeded(200)),
            entry("bb_lower", Formula.band(20, -2.0)),
            entry("bb_middle", Formula.middle(20)),
            entry("bb_upper", Formula.band(20, 2.0)),
            entry("volume_sma", Formula.volume(20)),
            entry("wick_ratio", Formula.wickRatio()),
            entry("price_range", Formula.priceRange(10)),
            entry("ema8_sma_seeded", Formula.seeded(8)),
            entry("ema9_sma_seeded", Formula.seeded(9)),
            entry("ema80_sma_seeded", Formula.seeded(80)),
            entry("ewm8_adjust", Formula.adjusted(8)),
            entry("ewm9_adjust", Formula.adjusted(9)),
            entry("ewm20_adjust", Formula.adjusted(20)),
            entry("ewm30_adjust", Formula.adjusted(30)),
            entry("ewm80_adjust", Formula.adjusted(80)),
            entry("rsi_2", Formula.rsiAdjusted(2)),
            entry("sma10", Formula.simple(10)),
            entry("sma20", Formula.simple(20)),
            entry("tenkan_sen", Formula.midpoint(9)),
            entry("kijun_sen", Formula.midpoint(26)),
            entry("senkou_span_a", Formula.spanA(9, 26, 26)),
            entry("senkou_span_b", Formula.spanB(52, 26)),
            entry("is_inside_candle", Formula.inside()),
            entry("is_outside_candle", Formula.outside()));

    private static final Map<String, Count> COUNTS = new TreeMap<>();

    /** How many values of one indicator were compared, and how many of them had the same bits. */
    private record Count(int values, int same) {
        Count plus(Count other) {
            return new Count(values + other.values, same + other.same);
        }
    }

    static Stream<String> series() {
        return Golden.series().stream();
    }

    @ParameterizedTest
    @MethodSource("series")
    void givesTheRecordedBits(String series) {
        CandleColumns candles = Golden.candles(series);
        Golden.indicatorLines(series).forEach(window -> {
            compare(candles, window, window.get("indicators"), 5);
            compare(candles, window, window.get("extra"), 3);
        });
    }

    @AfterAll
    static void everyValueWasCompared() {
        COUNTS.forEach((name, count) -> System.out.printf(
                "golden %-18s %6d values, %6.2f %% with the same bits%n",
                name, count.values, 100.0 * count.same / count.values));
        Count all = COUNTS.values().stream().reduce(new Count(0, 0), Count::plus);
        System.out.printf("golden %-18s %6d values, %6d with the same bits%n", "total", all.values, all.same);
        assertThat(COUNTS).hasSize(FORMULAS.size());
        assertThat(all).isEqualTo(new Count(RECORDED_VALUES, RECORDED_VALUES));
    }

    private static void compare(CandleColumns candles, JsonNode window, JsonNode recorded, int tail) {
        int length = window.get("window").intValue();
        int from = window.get("end_index").intValue() + 1 - length;
        recorded.properties().forEach(field -> {
            String name = field.getKey();
            double[] actual = last(Math.min(tail, length), FORMULAS.get(name), candles, from, length);
            double[] expected = field.getValue()
                    .valueStream()
                    .mapToDouble(GoldenIndicatorTest::value)
                    .toArray();
            COUNTS.merge(name, new Count(expected.length, same(actual, expected)), Count::plus);
            assertThat(actual)
                    .as("%s of %s, %d candles from %d", name, window.get("series"), length, from)
                    .isEqualTo(expected);
        });
    }

    /** The last values in the window; none where the original has no value, which is not the same as NaN. */
    private static double[] last(int count, Formula formula, CandleColumns candles, int from, int length) {
        if (formula.absent(length)) {
            return new double[0];
        }
        return Arrays.copyOfRange(formula.compute(candles, from, length), length - count, length);
    }

    private static double value(JsonNode recorded) {
        if (recorded.isBoolean()) {
            return recorded.booleanValue() ? 1 : 0;
        }
        return switch (recorded.asText()) {
            case "null" -> Double.NaN;
            case "inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            default -> recorded.doubleValue();
        };
    }

    private static int same(double[] actual, double[] expected) {
        int same = 0;
        for (int i = 0; i < Math.min(actual.length, expected.length); i++) {
            same += Double.doubleToLongBits(actual[i]) == Double.doubleToLongBits(expected[i]) ? 1 : 0;
        }
        return same;
    }
}
