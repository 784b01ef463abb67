package io.tabot.cli;

import io.tabot.market.CandleSeries;
import io.tabot.market.CandleViews;
import io.tabot.market.Timeframe;
import io.tabot.strategy.EvaluationContext;
import io.tabot.strategy.RuleSet;
import java.util.LinkedHashMap;
import java.util.Map;

/** The indicators that strategies use by default, on the newest candle of a window. Not thread-safe. */
final class IndicatorValues {
    private final EvaluationContext context = new EvaluationContext();

    /** By name, in a fixed order; not a number where the window is too short. */
    Map<String, Double> of(CandleSeries view) {
        // Neither the timeframe nor the rule set changes an indicator.
        context.begin(CandleViews.of(view), Timeframe.ONE_MINUTE, RuleSet.PYTHON);
        var newest = context.newest();
        var middle = context.movingAverage(20, newest);
        var reach = 2.0 * context.deviation(20, newest);
        var values = new LinkedHashMap<String, Double>();
        values.put("rsi", context.rsi(14)[newest]);
        values.put("macd", context.macd(12, 26, 9)[newest]);
        values.put("macd_signal", context.macdSignal(12, 26, 9)[newest]);
        values.put("macd_hist", context.macdHistogram(12, 26, 9)[newest]);
        values.put("adx", context.adx(14)[newest]);
        values.put("atr", context.atr(14)[newest]);
        values.put("vwap", context.vwap()[newest]);
        values.put("ema21", context.ema(21)[newest]);
        values.put("ema50", context.ema(50)[newest]);
        values.put("ema200", context.ema(200)[newest]);
        values.put("bb_lower", middle - reach);
        values.put("bb_middle", middle);
        values.put("bb_upper", middle + reach);
        values.put("volume_sma", context.volumeAverage(20, newest));
        values.put("wick_ratio", context.wickRatio()[newest]);
        return values;
    }
}
