package io.tabot.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.tabot.market.CandleSeries;
import io.tabot.market.CandleViews;
import io.tabot.market.Timeframe;
import io.tabot.testing.GeneratedCandles;
import io.tabot.testing.Windows;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Strategies with different periods in one evaluation: each gets the values that it would get alone. */
class SharedIndicatorTest {
    private static final CandleSeries CANDLES =
            Windows.of(GeneratedCandles.all().subList(0, 250));

    /** The newest value of an indicator of one period. */
    interface Newest {
        double of(EvaluationContext context, int period);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("indicators")
    void periodsOf20And21AreKeptApart(String name, Newest indicator) {
        var twenty = indicator.of(begun(), 20);
        var twentyOne = indicator.of(begun(), 21);
        var shared = begun();

        assertThat(twenty).isFinite().isNotEqualTo(twentyOne);
        assertThat(indicator.of(shared, 20)).isEqualTo(twenty);
        assertThat(indicator.of(shared, 21)).isEqualTo(twentyOne);
        assertThat(indicator.of(shared, 20)).isEqualTo(twenty);
    }

    static Stream<Arguments> indicators() {
        return Stream.of(
                indicator("rsi", (context, period) -> context.rsi(period)[context.newest()]),
                indicator("adjusted rsi", (context, period) -> context.rsiAdjusted(period)[context.newest()]),
                indicator("ema", (context, period) -> context.ema(period)[context.newest()]),
                indicator("adjusted ema", (context, period) -> context.emaAdjusted(period)[context.newest()]),
                indicator("adx", (context, period) -> context.adx(period)[context.newest()]),
                indicator("atr", (context, period) -> context.atr(period)[context.newest()]),
                indicator("macd, fast", (context, period) -> context.macd(period, 26, 9)[context.newest()]),
                indicator("macd, slow", (context, period) -> context.macd(12, period, 9)[context.newest()]),
                indicator(
                        "macd signal, signal",
                        (context, period) -> context.macdSignal(12, 26, period)[context.newest()]),
                indicator(
                        "macd histogram, signal",
                        (context, period) -> context.macdHistogram(12, 26, period)[context.newest()]),
                indicator("moving average", (context, period) -> context.movingAverage(period, context.newest())),
                indicator("volume average", (context, period) -> context.volumeAverage(period, context.newest())),
                indicator("deviation", (context, period) -> context.deviation(period, context.newest())),
                indicator("midpoint", (context, period) -> context.midpoint(period, context.newest() - 3)));
    }

    private static Arguments indicator(String name, Newest newest) {
        return arguments(name, newest);
    }

    private static EvaluationContext begun() {
        var context = new EvaluationContext();
        context.begin(CandleViews.of(CANDLES), Timeframe.ONE_HOUR, RuleSet.PYTHON);
        return context;
    }
}
