package io.tabot.strategy;

import java.util.Optional;

/** Enters with the trend, beyond a candle that dipped towards the fast average and closed on the trend's side again. */
final class FoxTrapReversal implements Strategy {
    private final ParameterSchema schema = new ParameterSchema();
    private final Parameter candlesMin = schema.candlesMin(130);
    private final Parameter emaFast =
            schema.period("ema_fast", 8, 6, "period of the fast average: the one that the candle comes back to");
    private final Parameter emaMiddle =
            schema.period("ema_medium", 20, 2, "period of the middle average; below the fast one for a buy");
    private final Parameter emaSlow =
            schema.period("ema_slow", 80, 6, "period of the slow average: the fast one's side of it is the trend");
    private final Parameter tolerance = schema.underPython(schema.share(
            "fake_breakout_threshold",
            0.02,
            "share of the fast average",
            "how far from the fast average a candle may end its way back"));
    private final Parameter trendLookback = schema.underPython(schema.integer(
            "trend_lookback", 6, 1, 50, "candles", "the fast average must have been on its side of the slow one"));
    private final Parameter extremeLookback = schema.integer(
            "extreme_lookback",
            2,
            1,
            50,
            "candles",
            "those before the newest that must have reached beyond an average: one of them, or all when corrected");
    private final Parameter confidenceBase =
            schema.share("base_confidence", 0.78, "share", "confidence before what is added");
    private final Parameter trendFactor = schema.number(
            "trend_quality_factor",
            15,
            0,
            1000,
            "per share of the slow average",
            "quality of the trend, at most 1, for the relative distance between fast and slow average");
    private final Parameter trendBoost =
            schema.share("trend_quality_boost", 0.08, "share", "confidence added for a trend of quality 1");
    private final Parameter confirmationFactor = schema.number(
            "confirmation_quality_factor",
            20,
            0,
            1000,
            "per share of the middle average",
            "quality of the confirmation, at most 1, for the relative distance between fast and middle average");
    private final Parameter confirmationBoost =
            schema.share("confirmation_quality_boost", 0.06, "share", "confidence added for a confirmation of 1");
    private final Parameter trapFactor = schema.number(
            "trap_quality_factor",
            20,
            0,
            1000,
            "per share of the fast average",
            "what the relative distance of the candle's end from the fast average costs of the trap's quality, 1");
    private final Parameter trapBoost =
            schema.share("trap_quality_boost", 0.05, "share", "confidence added for a trap of quality 1");
    private final Parameter confidenceMax =
            schema.share("max_confidence", 0.92, "share", "upper limit of the confidence");
    private final Parameter reward = schema.reward(2.0);

    private final StrategyDefinition definition = new StrategyDefinition(
            "fox_trap_reversal",
            "Fox Trap Reversal",
            "Enters with the trend after a candle that dips to the fast average and traps those who follow the dip",
            StrategyDefinition.QUANTZED,
            StrategyDefinition.Direction.BUY_AND_SELL,
            StrategyDefinition.ALL_TIMEFRAMES,
            130,
            schema);

    FoxTrapReversal() {
        schema.ordered(emaFast, emaMiddle);
        schema.ordered(emaMiddle, emaSlow);
        schema.fitsWindow(emaMiddle, extremeLookback);
        schema.fitsWindow(emaSlow, trendLookback);
    }

    @Override
    public StrategyDefinition definition() {
        return definition;
    }

    @Override
    public Optional<Decision> evaluate(EvaluationContext context) {
        if (!hasCandles(context)) {
            return Optional.empty();
        }
        var values = context.parameters();
        var newest = context.newest();
        var close = context.close(newest);
        var fast = context.emaAdjusted(values.integer(emaFast));
        if (close > fast[newest] && isBullTrap(context, fast)) {
            var entry = BreakoutEntry.above(context, values.number(reward));
            return Optional.of(decide(context, entry, "bullish_fox_trap", "quantzed_screening_19"));
        }
        if (close < fast[newest] && isBearTrap(context, fast)) {
            var entry = BreakoutEntry.below(context, values.number(reward));
            return Optional.of(decide(context, entry, "bearish_fox_trap", "quantzed_screening_20"));
        }
        return Optional.empty();
    }

    private boolean hasCandles(EvaluationContext context) {
        var values = context.parameters();
        var trend = context.isCorrected() ? 0 : values.integer(trendLookback);
        return context.length() >= values.integer(candlesMin)
                && context.length() > Math.max(trend, values.integer(extremeLookback));
    }

    private boolean isBullTrap(EvaluationContext context, double[] fast) {
        var newest = context.newest();
        var middle = context.emaAdjusted(context.parameters().integer(emaMiddle));
        if (!(fast[newest] > middle[newest])) {
            return false;
        }
        var slow = context.emaAdjusted(context.parameters().integer(emaSlow));
        if (context.isCorrected()) {
            return fast[newest] > slow[newest] && dipsBelow(context, fast, middle);
        }
        return isTrend(context, fast, slow) && nearsFromAbove(context, fast);
    }

    private boolean isBearTrap(EvaluationContext context, double[] fast) {
        var newest = context.newest();
        var slow = context.emaAdjusted(context.parameters().integer(emaSlow));
        if (context.isCorrected()) {
            return fast[newest] < slow[newest] && risesAbove(context, fast);
        }
        return isTrend(context, slow, fast) && nearsFromBelow(context, fast);
    }

    /** What the source asks for: the candle goes through the average, and every candle before it kept away. */
    private boolean dipsBelow(EvaluationContext context, double[] fast, double[] middle) {
        var newest = context.newest();
        var before = context.parameters().integer(extremeLookback);
        return context.low(newest) < fast[newest]
                && LineComparison.highsAbove(context, middle, newest - 1, before) == before;
    }

    /** As the source has it, not the mirror image of the buy: the fast average is measured against, twice. */
    private boolean risesAbove(EvaluationContext context, double[] fast) {
        var newest = context.newest();
        var before = context.parameters().integer(extremeLookback);
        return context.high(newest) > fast[newest]
                && LineComparison.lowsBelow(context, fast, newest - 1, before) == before;
    }

    private boolean nearsFromAbove(EvaluationContext context, double[] fast) {
        var values = context.parameters();
        var newest = context.newest();
        return context.low(newest) <= fast[newest] * (1 + values.number(tolerance))
                && LineComparison.highsAbove(context, fast, newest - 1, values.integer(extremeLookback)) > 0;
    }

    private boolean nearsFromBelow(EvaluationContext context, double[] fast) {
        var values = context.parameters();
        var newest = context.newest();
        return context.high(newest) >= fast[newest] * (1 - values.number(tolerance))
                && LineComparison.lowsBelow(context, fast, newest - 1, values.integer(extremeLookback)) > 0;
    }

    private boolean isTrend(EvaluationContext context, double[] upper, double[] lower) {
        var candles = context.parameters().integer(trendLookback);
        return LineComparison.above(upper, lower, context.newest(), candles) == candles;
    }

    private Decision decide(EvaluationContext context, BreakoutEntry entry, String trap, String origin) {
        var values = context.parameters();
        var newest = context.newest();
        var fast = context.emaAdjusted(values.integer(emaFast))[newest];
        var middle = context.emaAdjusted(values.integer(emaMiddle))[newest];
        var slow = context.emaAdjusted(values.integer(emaSlow))[newest];
        var separation = Math.abs(fast - slow) / slow;
        var confirmation = Math.abs(fast - middle) / middle;
        // The stop loss is at the end of the candle that came back to the average.
        var distance = Math.abs(entry.stopLoss() - fast) / fast;
        var trendQuality = Math.min(1, separation * values.number(trendFactor));
        var confirmationQuality = Math.min(1, confirmation * values.number(confirmationFactor));
        var trapQuality = Math.max(0, 1 - distance * values.number(trapFactor));
        var confidence = values.number(confidenceBase)
                + trendQuality * values.number(trendBoost)
                + confirmationQuality * values.number(confirmationBoost)
                + trapQuality * values.number(trapBoost);
        var metadata = entry.describe(context.metadata().with("trap_type", trap), values.number(reward))
                .with("ema8", fast)
                .with("ema20", middle)
                .with("ema80", slow)
                .with("ema_separation", separation)
                .with("ema8_ema20_separation", confirmation)
                .with("trap_distance", distance)
                .with("trend_quality", trendQuality)
                .with("trap_quality", trapQuality)
                .with("strategy_origin", origin);
        return entry.decide(context, Math.min(values.number(confidenceMax), confidence), metadata);
    }
}
