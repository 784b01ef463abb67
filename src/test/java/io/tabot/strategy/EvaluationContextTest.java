package io.tabot.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.tabot.indicator.Bollinger;
import io.tabot.indicator.Ema;
import io.tabot.indicator.Macd;
import io.tabot.indicator.MovingAverage;
import io.tabot.indicator.Rsi;
import io.tabot.market.CandleSeries;
import io.tabot.market.CandleViews;
import io.tabot.market.CandleWindow;
import io.tabot.market.Timeframe;
import io.tabot.testing.GeneratedCandles;
import io.tabot.testing.Golden;
import io.tabot.testing.Windows;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluationContextTest {
    private static final CandleSeries CANDLES =
            Windows.of(GeneratedCandles.all().subList(0, 250));

    private final EvaluationContext context = new EvaluationContext();

    @Test
    void doesNotMixUpPeriods() {
        begin(CANDLES);

        assertThat(first(context.ema(20))).isEqualTo(ema(CANDLES, 20));
        assertThat(first(context.ema(21))).isEqualTo(ema(CANDLES, 21));
        assertThat(context.ema(20)).isNotSameAs(context.ema(21));
        assertThat(context.rsi(20)).isNotSameAs(context.rsiAdjusted(20));
        assertThat(context.macd(12, 26, 9)).isNotSameAs(context.macd(12, 26, 10));
    }

    @Test
    void computesAnIndicatorOncePerCandle() {
        begin(CANDLES);

        var line = context.rsi(14);
        line[0] = 42;

        assertThat(context.rsi(14)).isSameAs(line);
        assertThat(context.rsi(14)[0]).isEqualTo(42);
    }

    @Test
    void remembersNothingOfTheCandleBefore() {
        var later = Windows.of(GeneratedCandles.all().subList(1, 251));
        begin(CANDLES);
        context.ema(20);

        begin(later);

        assertThat(first(context.ema(20))).isEqualTo(ema(later, 20));
    }

    @Test
    void staysRightWithMorePeriodsThanItHasRoomFor() {
        for (var round = 0; round < 3; round++) {
            begin(CANDLES);
            for (var period = 2; period < 2 * IndicatorCache.SLOTS_MAX + 5; period++) {
                assertThat(first(context.ema(period))).isEqualTo(ema(CANDLES, period));
                assertThat(first(context.ema(2))).isEqualTo(ema(CANDLES, 2));
            }
        }
    }

    @Test
    void overwritesNoLineThatIsStillInUse() {
        begin(CANDLES);
        for (var period = 2; period < 2 + IndicatorCache.SLOTS_MAX; period++) {
            context.ema(period);
        }

        for (var held = 2; held < 2 + IndicatorCache.SLOTS_MAX; held++) {
            var line = context.ema(held);
            context.ema(100 + held);

            assertThat(first(line)).isEqualTo(ema(CANDLES, held));
        }
    }

    @Test
    void computesEveryLineOverTheViewAlone() {
        var window = new CandleWindow(300);
        GeneratedCandles.all().subList(0, 720).forEach(window::insert);
        var view = window.newest(250);
        var alone = Windows.of(GeneratedCandles.all().subList(470, 720));

        begin(view);
        var close = context.close(249);
        var rsi = first(context.rsi(14));
        var macd = context.macdHistogram(12, 26, 9)[249];
        var deviation = context.deviation(20, 249);
        var high = context.highestHigh(19, 248);
        begin(alone);

        assertThat(context.close(249)).isEqualTo(close);
        assertThat(first(context.rsi(14))).isEqualTo(rsi);
        assertThat(context.macdHistogram(12, 26, 9)[249]).isEqualTo(macd);
        assertThat(context.deviation(20, 249)).isEqualTo(deviation);
        assertThat(context.highestHigh(19, 248)).isEqualTo(high);
    }

    @Test
    void givesWhatTheIndicatorsGive() {
        var out = new double[7][250];
        var close = CANDLES.closes();
        Rsi.wilder(close, CANDLES.from(), 250, 14, out[0]);
        Rsi.adjusted(close, CANDLES.from(), 250, 2, out[1]);
        Macd.compute(close, CANDLES.from(), 250, 12, 26, 9, out[2], out[3], out[4]);
        Bollinger.compute(close, CANDLES.from(), 250, 20, out[5], out[6]);
        begin(CANDLES);

        assertThat(first(context.rsi(14))).isEqualTo(out[0]);
        assertThat(first(context.rsiAdjusted(2))).isEqualTo(out[1]);
        assertThat(first(context.macd(12, 26, 9))).isEqualTo(out[2]);
        assertThat(first(context.macdSignal(12, 26, 9))).isEqualTo(out[3]);
        assertThat(first(context.macdHistogram(12, 26, 9))).isEqualTo(out[4]);
        for (var i = 19; i < 250; i++) {
            assertThat(context.movingAverage(20, i)).isEqualTo(out[5][i]);
            assertThat(context.deviation(20, i)).isEqualTo(out[6][i]);
        }
        MovingAverage.simple(CANDLES.volumes(), CANDLES.from(), 250, 20, out[0]);
        assertThat(context.volumeAverage(20, 249)).isEqualTo(out[0][249]);
    }

    /** The names are those of the Python bot's engine; an indicator that is absent there is NaN here. */
    @Test
    void givesTheRecordedIndicatorsOfEveryWindow() {
        for (var name : Golden.series()) {
            var candles = Golden.candles(name);
            Golden.indicatorLines(name).forEach(line -> {
                var last = line.get("end_index").asInt();
                begin(Windows.of(candles, last, line.get("window").asInt()));
                newestIndicators()
                        .forEach((indicator, value) -> assertThat(value)
                                .as("%s of %s at %d", indicator, name, last)
                                .isEqualTo(recorded(line.get("indicators").get(indicator))));
            });
        }
    }

    private Map<String, Double> newestIndicators() {
        var newest = context.newest();
        var middle = context.movingAverage(20, newest);
        var reach = 2 * context.deviation(20, newest);
        return Map.ofEntries(
                Map.entry("rsi", context.rsi(14)[newest]),
                Map.entry("macd", context.macd(12, 26, 9)[newest]),
                Map.entry("macd_signal", context.macdSignal(12, 26, 9)[newest]),
                Map.entry("macd_hist", context.macdHistogram(12, 26, 9)[newest]),
                Map.entry("adx", context.adx(14)[newest]),
                Map.entry("atr", context.atr(14)[newest]),
                Map.entry("vwap", context.vwap()[newest]),
                Map.entry("ema21", context.ema(21)[newest]),
                Map.entry("ema50", context.ema(50)[newest]),
                Map.entry("ema200", context.ema(200)[newest]),
                Map.entry("bb_lower", middle - reach),
                Map.entry("bb_middle", middle),
                Map.entry("bb_upper", middle + reach),
                Map.entry("volume_sma", context.volumeAverage(20, newest)),
                Map.entry("wick_ratio", context.wickRatio()[newest]));
    }

    private static Double recorded(JsonNode tail) {
        var value = tail.isEmpty() ? NullNode.getInstance() : tail.get(tail.size() - 1);
        return value.isNull() ? Double.NaN : value.asDouble();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 13, 19, 25})
    void givesNanThroughoutWhenThereAreTooFewCandles(int length) {
        begin(Windows.of(GeneratedCandles.all().subList(0, length)));

        assertThat(Arrays.copyOf(context.rsi(26), length)).containsOnly(Double.NaN);
        assertThat(Arrays.copyOf(context.macdHistogram(12, 26, 9), length)).containsOnly(Double.NaN);
        assertThat(Arrays.copyOf(context.adx(26), length)).containsOnly(Double.NaN);
        assertThat(Arrays.copyOf(context.atr(26), length)).containsOnly(Double.NaN);
        assertThat(context.movingAverage(26, length - 1)).isNaN();
        assertThat(context.deviation(26, length - 1)).isNaN();
    }

    @Test
    void servesWindowsOfGrowingLength() {
        var candles = GeneratedCandles.all();
        for (var length = 1; length <= 1000; length += 37) {
            var view = Windows.of(candles.subList(0, length));
            begin(view);

            assertThat(Arrays.copyOf(context.ema(5), length)).isEqualTo(ema(view, 5));
        }
    }

    private void begin(CandleSeries view) {
        context.begin(CandleViews.of(view), Timeframe.ONE_HOUR, RuleSet.PYTHON);
    }

    private double[] first(double[] line) {
        return Arrays.copyOf(line, context.length());
    }

    private static double[] ema(CandleSeries candles, int period) {
        var out = new double[candles.length()];
        Ema.seeded(candles.closes(), candles.from(), candles.length(), period, out);
        return out;
    }
}
