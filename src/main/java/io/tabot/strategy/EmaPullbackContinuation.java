package io.tabot.strategy;

import java.util.Optional;

/** Follows a trend out of a pullback: enters beyond a candle that came back to the average price keeps away from. */
final class EmaPullbackContinuation implements Strategy {
    private final ParameterSchema schema = new ParameterSchema();
    private final Parameter candlesMin = schema.candlesMin(80);
    private final Parameter emaFast =
            schema.period("ema_fast", 9, "period of the fast average; below the middle one for a sell");
    private final Parameter emaMiddle =
            schema.period("ema_period", 20, 4, "period of the middle average: the one that price comes back to");
    private final Parameter emaSlow =
            schema.period("ema_slow", 30, "period of the slow average; below the middle one for a buy");
    private final Parameter tolerance = schema.underPython(schema.share(
            "pullback_threshold",
            0.01,
            "share of the middle average",
            "how far from the middle average a candle may end its way back"));
    private final Parameter closeLookback = schema.underPython(
            schema.integer("close_lookback", 4, 1, 50, "candles", "these must have closed beyond the middle average"));
    private final Parameter trendLookback = schema.underCorrected(schema.integer(
            "trend_lookback", 2, 1, 50, "candles", "these, before the newest, must have reached beyond the average"));
    private final Parameter confidenceBase =
            schema.share("base_confidence", 0.74, "share", "confidence before what is added");
    private final Parameter trendFactor = schema.number(
            "trend_quality_factor",
            20,
            0,
            1000,
            "per share of the slow average",
            "quality of the trend, at most 1, for the relative distance between middle and slow average");
    private final Parameter trendBoost =
            schema.share("trend_quality_boost", 0.08, "share", "confidence added for a trend of quality 1");
    private final Parameter pullbackFactor = schema.number(
            "pullback_quality_factor",
            10,
            0,
            1000,
            "per share of the middle average",
            "what the relative distance of the close from the middle average costs of the pullback's quality, 1");
    private final Parameter pullbackBoost =
            schema.share("pullback_quality_boost", 0.06, "share", "confidence added for a pullback of quality 1");
    private final Parameter confidenceMax =
            schema.share("max_confidence", 0.88, "share", "upper limit of the confidence");
    private final Parameter reward = schema.reward(2.0);

    private final StrategyDefinition definition = new StrategyDefinition(
            "ema_pullback_continuation",
            "Ema Pullback Continuation",
            "Enters with the trend, beyond a candle that has come back to an average without closing across it",
            StrategyDefinition.QUANTZED,
            StrategyDefinition.Direction.BUY_AND_SELL,
            StrategyDefinition.ALL_TIMEFRAMES,
            80,
            schema);

    EmaPullbackContinuation() {
        schema.ordered(emaFast, emaMiddle);
        schema.ordered(emaMiddle, emaSlow);
        schema.fitsWindow(emaMiddle, closeLookback);
        schema.fitsWindow(emaMiddle, trendLookback);
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
        var middle = context.emaAdjusted(values.integer(emaMiddle));
        if (isPulledDown(context, middle) && middle[context.newest()] > slow(context)) {
            var entry = BreakoutEntry.above(context, values.number(reward));
            return Optional.of(decide(context, entry, "bullish_pullback", "quantzed_screening_11"));
        }
        if (isPulledUp(context, middle) && fast(context) < middle[context.newest()]) {
            var entry = BreakoutEntry.below(context, values.number(reward));
            return Optional.of(decide(context, entry, "bearish_pullback", "quantzed_screening_12"));
        }
        return Optional.empty();
    }

    /** The slow average enters every confidence, so it must be known even where the rule does not compare it. */
    private boolean hasCandles(EvaluationContext context) {
        var values = context.parameters();
        var lookback = values.integer(context.isCorrected() ? trendLookback : closeLookback);
        return context.length() >= Math.max(values.integer(candlesMin), values.integer(emaSlow))
                && context.length() > lookback;
    }

    /** The original is content with a candle that comes near the average; its source wants the average touched. */
    private boolean isPulledDown(EvaluationContext context, double[] middle) {
        return context.isCorrected() ? touchesFromAbove(context, middle) : nearsFromAbove(context, middle);
    }

    private boolean nearsFromAbove(EvaluationContext context, double[] middle) {
        var values = context.parameters();
        var newest = context.newest();
        var closes = values.integer(closeLookback);
        return context.low(newest) <= middle[newest] * (1 + values.number(tolerance))
                && LineComparison.closesAbove(context, middle, newest, closes) == closes;
    }

    private boolean touchesFromAbove(EvaluationContext context, double[] middle) {
        var newest = context.newest();
        var before = context.parameters().integer(trendLookback);
        return context.low(newest) <= middle[newest]
                && LineComparison.closesAbove(context, middle, newest, 2) == 2
                && LineComparison.highsAbove(context, middle, newest - 1, before) == before;
    }

    private boolean isPulledUp(EvaluationContext context, double[] middle) {
        if (!(context.high(context.newest()) > context.high(context.newest() - 1))) {
            return false;
        }
        return context.isCorrected() ? touchesFromBelow(context, middle) : nearsFromBelow(context, middle);
    }

    private boolean nearsFromBelow(EvaluationContext context, double[] middle) {
        var values = context.parameters();
        var newest = context.newest();
        var closes = values.integer(closeLookback);
        return context.high(newest) >= middle[newest] * (1 - values.number(tolerance))
                && LineComparison.closesBelow(context, middle, newest, closes) == closes;
    }

    /** Not the mirror image of the buy, in the source either: the newest close may be on either side. */
    private boolean touchesFromBelow(EvaluationContext context, double[] middle) {
        var newest = context.newest();
        var before = context.parameters().integer(trendLookback);
        return context.high(newest) >= middle[newest]
                && context.low(newest) < middle[newest]
                && context.close(newest - 1) < middle[newest - 1]
                && LineComparison.lowsBelow(context, middle, newest - 1, before) == before;
    }

    private double fast(EvaluationContext context) {
        return context.emaAdjusted(context.parameters().integer(emaFast))[context.newest()];
    }

    private double slow(EvaluationContext context) {
        return context.emaAdjusted(context.parameters().integer(emaSlow))[context.newest()];
    }

    private Decision decide(EvaluationContext context, BreakoutEntry entry, String setup, String origin) {
        var values = context.parameters();
        var middle = context.emaAdjusted(values.integer(emaMiddle))[context.newest()];
        var slow = slow(context);
        var separation = Math.abs(middle - slow) / slow;
        var depth = Math.abs(context.close(context.newest()) - middle) / middle;
        var trendQuality = Math.min(1, separation * values.number(trendFactor));
        var pullbackQuality = Math.max(0, 1 - depth * values.number(pullbackFactor));
        var confidence = values.number(confidenceBase)
                + trendQuality * values.number(trendBoost)
                + pullbackQuality * values.number(pullbackBoost);
        var metadata = entry.describe(context.metadata().with("setup_type", setup), values.number(reward))
                .with("ema9", fast(context))
                .with("ema20", middle)
                .with("ema30", slow)
                .with("ema_separation", separation)
                .with("pullback_depth", depth)
                .with("trend_quality", trendQuality)
                .with("pullback_quality", pullbackQuality)
                .with("strategy_origin", origin);
        return entry.decide(context, Math.min(values.number(confidenceMax), confidence), metadata);
    }
}
