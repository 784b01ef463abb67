package io.tabot.strategy;

import java.util.Optional;

/** Buys above a candle that stayed within the one before it, during a rise that price has kept above. */
final class InsideBarBreakout implements Strategy {
    private final ParameterSchema schema = new ParameterSchema();
    private final Parameter candlesMin = schema.candlesMin(130);
    private final Parameter emaFast = schema.period("ema_fast", 8, 4, "period of the fast average");
    private final Parameter emaSlow = schema.period("ema_slow", 80, 2, "period of the slow average");
    private final Parameter closeLookback = schema.integer(
            "close_lookback",
            4,
            1,
            50,
            "candles",
            "these must have closed above the fast average, the newest included");
    private final Parameter trendLookback =
            schema.integer("trend_lookback", 2, 1, 50, "candles", "both averages must have risen with each of these");
    private final Parameter confidenceBase =
            schema.share("base_confidence", 0.76, "share", "confidence before what is added");
    private final Parameter qualityBoost = schema.share(
            "pattern_quality_boost",
            0.1,
            "share",
            "confidence added for an inside bar without range; the less, the nearer its range to that of the other");
    private final Parameter trendFactor = schema.number(
            "trend_boost_factor",
            5,
            0,
            1000,
            "share per share of the slow average",
            "confidence added for the relative distance between the averages");
    private final Parameter trendMax =
            schema.share("trend_boost_max", 0.08, "share", "most confidence that the distance between averages adds");
    private final Parameter confidenceMax =
            schema.share("max_confidence", 0.92, "share", "upper limit of the confidence");
    private final Parameter reward = schema.reward(2.0);

    private final StrategyDefinition definition = new StrategyDefinition(
            "inside_bar_breakout",
            "Inside Bar Breakout",
            "Buys a break above an inside bar while price and both rising averages are in the order of an upward trend",
            StrategyDefinition.QUANTZED,
            StrategyDefinition.Direction.BUY,
            StrategyDefinition.ALL_TIMEFRAMES,
            130,
            schema);

    InsideBarBreakout() {
        schema.ordered(emaFast, emaSlow);
        schema.fitsWindow(emaFast, closeLookback);
        schema.fitsWindow(emaSlow, trendLookback);
    }

    @Override
    public StrategyDefinition definition() {
        return definition;
    }

    @Override
    public Optional<Decision> evaluate(EvaluationContext context) {
        if (!hasCandles(context) || !isInsideBar(context) || !isAboveRisingAverage(context)) {
            return Optional.empty();
        }
        var values = context.parameters();
        var newest = context.newest();
        var steps = values.integer(trendLookback);
        var fast = context.emaAdjusted(values.integer(emaFast));
        var slow = context.emaAdjusted(values.integer(emaSlow));
        var fires = fast[newest] > slow[newest] && LineComparison.rising(slow, newest, steps) == steps;
        return fires ? Optional.of(buy(context, fast[newest], slow[newest])) : Optional.empty();
    }

    private boolean hasCandles(EvaluationContext context) {
        var values = context.parameters();
        var lookback = Math.max(values.integer(closeLookback), values.integer(trendLookback));
        return context.length() >= values.integer(candlesMin) && context.length() > lookback;
    }

    private static boolean isInsideBar(EvaluationContext context) {
        var newest = context.newest();
        return context.high(newest) < context.high(newest - 1) && context.low(newest) > context.low(newest - 1);
    }

    private boolean isAboveRisingAverage(EvaluationContext context) {
        var values = context.parameters();
        var newest = context.newest();
        var closes = values.integer(closeLookback);
        var steps = values.integer(trendLookback);
        var fast = context.emaAdjusted(values.integer(emaFast));
        return LineComparison.closesAbove(context, fast, newest, closes) == closes
                && LineComparison.rising(fast, newest, steps) == steps;
    }

    private Decision buy(EvaluationContext context, double fast, double slow) {
        var values = context.parameters();
        var newest = context.newest();
        var quality = 1 - range(context, newest) / range(context, newest - 1);
        var entry = BreakoutEntry.above(context, values.number(reward));
        var metadata = entry.describe(context.metadata(), values.number(reward))
                .with("inside_bar_high", context.high(newest))
                .with("inside_bar_low", context.low(newest))
                .with("previous_high", context.high(newest - 1))
                .with("previous_low", context.low(newest - 1))
                .with("pattern_quality", quality)
                .with("ema8", fast)
                .with("ema80", slow)
                .with("trend_strength", true)
                .with("strategy_origin", "quantzed_screening_10");
        return entry.decide(context, confidence(values, quality, (fast - slow) / slow), metadata);
    }

    private static double range(EvaluationContext context, int index) {
        return context.high(index) - context.low(index);
    }

    private double confidence(ParameterValues values, double quality, double trend) {
        var trendBoost = Math.min(values.number(trendMax), trend * values.number(trendFactor));
        var confidence = values.number(confidenceBase) + quality * values.number(qualityBoost) + trendBoost;
        return Math.min(values.number(confidenceMax), confidence);
    }
}
