package io.tabot.bench;

import io.tabot.market.Candle;
import io.tabot.market.CandleViews;
import io.tabot.market.CandleWindow;
import io.tabot.market.Timeframe;
import io.tabot.strategy.EvaluationContext;
import io.tabot.strategy.RuleSet;

/** The indicators that the 28 strategies read, as the service computes them: each over the whole window. */
final class OurIndicators {
    private final CandleWindow window = new CandleWindow(IndicatorBenchmark.LENGTH);
    private final CandleViews views = CandleViews.of(window.newest(IndicatorBenchmark.LENGTH));
    private final EvaluationContext context = new EvaluationContext();
    private final double[] values = new double[IndicatorBenchmark.VALUES];
    private int filled;

    void add(Candle candle) {
        window.insert(candle);
    }

    double[] values() {
        context.begin(views, Timeframe.FOUR_HOURS, RuleSet.PYTHON);
        filled = 0;
        averages();
        oscillators();
        bands();
        cloud();
        levels();
        return values;
    }

    private void averages() {
        newest(context.ema(8));
        newest(context.ema(9));
        newest(context.ema(21));
        newest(context.ema(50));
        newest(context.ema(80));
        newest(context.emaAdjusted(8));
        newest(context.emaAdjusted(9));
        newest(context.emaAdjusted(20));
        newest(context.emaAdjusted(30));
        newest(context.emaAdjusted(80));
    }

    private void oscillators() {
        newest(context.macd(12, 26, 9));
        newest(context.macdSignal(12, 26, 9));
        newest(context.macdHistogram(12, 26, 9));
        newest(context.rsi(14));
        newest(context.rsiAdjusted(2));
        newest(context.atr(14));
        newest(context.adx(14));
    }

    private void bands() {
        var newest = context.newest();
        var middle = context.movingAverage(20, newest);
        var reach = 2 * context.deviation(20, newest);
        add(middle - reach);
        add(middle);
        add(middle + reach);
        add(context.movingAverage(10, newest));
        add(context.volumeAverage(20, newest));
    }

    private void cloud() {
        var newest = context.newest();
        for (var index = newest - 1; index <= newest; index++) {
            add(context.midpoint(9, index));
            add(context.midpoint(26, index));
        }
        add((context.midpoint(9, newest - 26) + context.midpoint(26, newest - 26)) / 2);
        add(context.midpoint(52, newest - 26));
    }

    private void levels() {
        var newest = context.newest();
        add(context.highestHigh(19, newest - 1));
        add(context.lowestLow(19, newest - 1));
        add(context.highestHigh(15, newest - 5));
        add(context.lowestLow(15, newest - 5));
        add(context.highestHigh(10, newest - 10));
        add(context.lowestLow(10, newest - 10));
        add(context.lowestLow(10, newest));
        add(context.lowestLow(5, newest));
        add(context.highestClose(10, newest));
        add(context.lowestClose(10, newest));
        add(context.meanClose(10, newest));
        add(context.meanVolume(15, newest - 5));
        add(context.meanVolume(10, newest - 10));
        add(context.meanVolume(5, newest - 5));
        add(context.meanVolume(5, newest));
    }

    /** And the one before: rules compare the two. */
    private void newest(double[] line) {
        add(line[context.newest()]);
        add(line[context.newest() - 1]);
    }

    private void add(double value) {
        values[filled++] = value;
    }
}
