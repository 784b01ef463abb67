package io.tabot.bench;

import io.tabot.market.Candle;
import io.tabot.market.CandleViews;
import io.tabot.market.CandleWindow;
import io.tabot.market.Timeframe;
import io.tabot.strategy.EvaluationContext;
import io.tabot.strategy.RuleSet;

/** The indicators that the five strategies share, as the service computes them: each over the whole window. */
final class OurIndicators {
    private final CandleWindow window = new CandleWindow(IndicatorBenchmark.LENGTH);
    private final EvaluationContext context = new EvaluationContext();

    void add(Candle candle) {
        window.insert(candle);
    }

    /** At the newest candle; highest and lowest of those before it, as a breakout asks. */
    double[] values() {
        var view = window.newest(IndicatorBenchmark.LENGTH);
        context.begin(CandleViews.of(view), Timeframe.FOUR_HOURS, RuleSet.PYTHON);
        var newest = context.newest();
        var middle = context.movingAverage(20, newest);
        var reach = 2 * context.deviation(20, newest);
        return new double[] {
            context.rsi(14)[newest],
            context.rsiAdjusted(2)[newest],
            context.macd(12, 26, 9)[newest],
            context.macdSignal(12, 26, 9)[newest],
            context.macdHistogram(12, 26, 9)[newest],
            context.adx(14)[newest],
            context.ema(21)[newest],
            context.ema(50)[newest],
            middle - reach,
            middle,
            middle + reach,
            context.volumeAverage(20, newest),
            context.highestHigh(19, newest - 1),
            context.lowestLow(19, newest - 1)
        };
    }
}
