package io.tabot.indicator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.testing.CandleColumns;
import io.tabot.testing.Golden;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.ta4j.core.BarSeries;
import org.ta4j.core.BaseBarSeriesBuilder;
import org.ta4j.core.Indicator;
import org.ta4j.core.indicators.ATRIndicator;
import org.ta4j.core.indicators.MACDIndicator;
import org.ta4j.core.indicators.RSIIndicator;
import org.ta4j.core.indicators.adx.ADXIndicator;
import org.ta4j.core.indicators.averages.EMAIndicator;
import org.ta4j.core.indicators.averages.SMAIndicator;
import org.ta4j.core.indicators.helpers.ClosePriceIndicator;
import org.ta4j.core.indicators.ichimoku.IchimokuKijunSenIndicator;
import org.ta4j.core.indicators.ichimoku.IchimokuSenkouSpanBIndicator;
import org.ta4j.core.indicators.ichimoku.IchimokuTenkanSenIndicator;
import org.ta4j.core.indicators.statistics.StandardDeviationIndicator;
import org.ta4j.core.num.DoubleNumFactory;
import org.ta4j.core.num.Num;

/**
 * A second opinion by ta4j, over whole series. Formulas with a finite memory agree from their first value. Recursive
 * ones start differently (ta4j with a raw value, we with a mean), so they are compared from candle 250 on, when
 * little is left of either start. Not compared: EMAs above 50 (the start never fades within a window), flat markets
 * (ta4j says 0 or 100 where we say NaN), VWAP (theirs moves, ours starts at midnight), the adjusted EMA (ta4j has
 * none).
 */
class Ta4jAgreementTest {

    private static final int FADED = 250;
    private static final Map<String, Double> WORST = new TreeMap<>();

    static Stream<String> series() {
        return Golden.series().stream().filter(name -> !name.startsWith("edge_") && !name.startsWith("bn_"));
    }

    @ParameterizedTest
    @MethodSource("series")
    void finiteMemoryAgreesFromTheFirstValue(String name) {
        CandleColumns candles = Golden.candles(name);
        BarSeries bars = bars(candles);
        var close = new ClosePriceIndicator(bars);

        agree("sma 20", candles, Formula.simple(20), new SMAIndicator(close, 20), 19, 1e-13);
        agree("sma 200", candles, Formula.simple(200), new SMAIndicator(close, 200), 199, 1e-13);
        agree("deviation 20", candles, deviation(20), new StandardDeviationIndicator(close, 20), 19, 1e-13);
        agree("tenkan", candles, Formula.midpoint(9), new IchimokuTenkanSenIndicator(bars, 9), 8, 0);
        agree("kijun", candles, Formula.midpoint(26), new IchimokuKijunSenIndicator(bars, 26), 25, 0);
        // Their offset counts the current candle.
        agree("span b", candles, Formula.spanB(52, 25), new IchimokuSenkouSpanBIndicator(bars, 52, 26), 76, 0);
    }

    @ParameterizedTest
    @MethodSource("series")
    void recursiveFormulasAgreeOnceTheStartHasFaded(String name) {
        CandleColumns candles = Golden.candles(name);
        BarSeries bars = bars(candles);
        var close = new ClosePriceIndicator(bars);
        var macd = new MACDIndicator(close, 12, 26);

        agree("ema 21", candles, Formula.seeded(21), new EMAIndicator(close, 21), FADED, 1e-9);
        agree("ema 50", candles, Formula.seeded(50), new EMAIndicator(close, 50), FADED, 5e-4);
        agree("macd", candles, Formula.macd(12, 26, 9), macd, FADED, 2e-8);
        agree("macd signal", candles, Formula.macdSignal(12, 26, 9), macd.getSignalLine(9), FADED, 2e-8);
        agree("rsi 14", candles, Formula.rsi(14), new RSIIndicator(close, 14), FADED, 1e-5);
        agree("rsi 2", candles, Formula.rsiAdjusted(2), new RSIIndicator(close, 2), FADED, 1e-9);
        agree("atr 14", candles, Formula.atr(14), new ATRIndicator(bars, 14), FADED, 1e-8);
        agree("adx 14", candles, Formula.adx(14), new ADXIndicator(bars(candles, 0x1p20), 14), FADED, 2e-4);
    }

    @AfterAll
    static void report() {
        WORST.forEach((name, worst) -> System.out.printf("ta4j %-14s worst difference %.2e%n", name, worst));
    }

    /**
     * {@code tolerance} is a share of the price for values in the unit of the prices, else in the unit of the value.
     */
    private static void agree(
            String name, CandleColumns candles, Formula ours, Indicator<Num> theirs, int first, double tolerance) {
        double[] values = ours.compute(candles, 0, candles.length());
        for (int i = first; i < candles.length(); i++) {
            double unit = ours.priceUnit() ? candles.close()[i] : 1.0;
            double difference = Math.abs(values[i] - theirs.getValue(i).doubleValue()) / unit;
            WORST.merge(name, difference, Math::max);
            assertThat(difference).as("%s at %d", name, i).isLessThanOrEqualTo(tolerance);
        }
    }

    private static Formula deviation(int period) {
        return new Formula("deviation", Bollinger.minimumLength(period), true, (c, from, length, out) -> {
            Bollinger.compute(c.close(), from, length, period, new double[length], out);
        });
    }

    private static BarSeries bars(CandleColumns candles) {
        return bars(candles, 1.0);
    }

    /** ta4j takes an average range below 1e-5 for zero and then has no direction, hence larger prices for its ADX. */
    private static BarSeries bars(CandleColumns candles, double scale) {
        BarSeries bars = new BaseBarSeriesBuilder()
                .withNumFactory(DoubleNumFactory.getInstance())
                .build();
        for (int i = 0; i < candles.length(); i++) {
            bars.barBuilder()
                    .timePeriod(Duration.ofMinutes(1))
                    .endTime(Instant.ofEpochMilli(candles.openTime()[i]))
                    .openPrice(scale * candles.open()[i])
                    .highPrice(scale * candles.high()[i])
                    .lowPrice(scale * candles.low()[i])
                    .closePrice(scale * candles.close()[i])
                    .volume(candles.volume()[i])
                    .add();
        }
        return bars;
    }
}
