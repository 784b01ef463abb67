package io.tabot.strategy;

import io.tabot.strategy.Decision.Strength;
import java.util.Optional;

/**
 * Trades against a short trend when a candle closes where it opened: more of a warning than a strong signal. The
 * original fails on each of them, so this is silent under rule set python.
 */
final class DojiReversal implements Strategy {
    private final ParameterSchema schema = new ParameterSchema();
    private final Parameter candlesMin = schema.candlesMin(20);
    private final Parameter rangeShareMin =
            schema.share("range_share_min", 1e-9, "share of the close", "a range smaller than this share: no signal");
    private final Parameter bodyShareMax = schema.number(
            "body_size_threshold",
            0.05,
            0.0001,
            1,
            "share of the range",
            "the body must be at most this; the smaller it is, the surer");
    private final Parameter trendPeriod = schema.period(
            "trend_confirmation_periods", 10, "a close above its average is a rise to sell, below it a fall to buy");
    private final Parameter confidenceBase =
            schema.share("base_confidence", 0.40, "share", "confidence before what is added");
    private final Parameter qualityBoost =
            schema.share("quality_confidence_boost", 0.20, "share", "confidence added if there is no body at all");
    private final Parameter trendFactor = schema.number(
            "trend_boost_factor",
            10,
            0,
            1000,
            "share per share of the close",
            "confidence added for the distance of the close from the average");
    private final Parameter trendBoostMax =
            schema.share("trend_boost_max", 0.2, "share", "most confidence that this distance adds");
    private final Parameter confidenceMax =
            schema.share("max_confidence", 0.70, "share", "upper limit of the confidence");
    private final Parameter reward = schema.reward(1.2);

    private final StrategyDefinition definition = new StrategyDefinition(
            "doji_reversal",
            "Doji Reversal",
            "Trades against the short trend beyond a doji, a candle that closes where it opened",
            StrategyDefinition.QUANTZED,
            StrategyDefinition.Direction.BUY_AND_SELL,
            StrategyDefinition.ALL_TIMEFRAMES,
            20,
            schema);

    DojiReversal() {
        schema.underCorrected();
    }

    @Override
    public StrategyDefinition definition() {
        return definition;
    }

    @Override
    public Optional<Decision> evaluate(EvaluationContext context) {
        var values = context.parameters();
        if (!context.isCorrected() || context.length() < values.integer(candlesMin) || !isDoji(context)) {
            return Optional.empty();
        }
        var newest = context.newest();
        var close = context.close(newest);
        var average = context.movingAverage(values.integer(trendPeriod), newest);
        if (close > average) {
            var entry = BreakoutEntry.below(context, values.number(reward));
            return Optional.of(decision(context, entry, "bullish", average));
        }
        if (close < average) {
            var entry = BreakoutEntry.above(context, values.number(reward));
            return Optional.of(decision(context, entry, "bearish", average));
        }
        return Optional.empty();
    }

    private boolean isDoji(EvaluationContext context) {
        var values = context.parameters();
        var range = CandleShape.range(context);
        return CandleShape.body(context) / range <= values.number(bodyShareMax)
                && range >= values.number(rangeShareMin) * context.close(context.newest());
    }

    private Decision decision(EvaluationContext context, BreakoutEntry entry, String trend, double average) {
        var values = context.parameters();
        var close = context.close(context.newest());
        var body = CandleShape.body(context);
        var range = CandleShape.range(context);
        var quality = 1 - body / range / values.number(bodyShareMax);
        var distance = Math.abs(close - average) / close;
        var confidence = values.number(confidenceBase)
                + values.number(qualityBoost) * quality
                + Math.min(values.number(trendBoostMax), values.number(trendFactor) * distance);
        var metadata = context.metadata()
                .with("body_size", body)
                .with("total_range", range)
                .with("body_percentage", body / range)
                .with("doji_quality", quality)
                .with("trend_context", trend)
                .with("sma10", average)
                .with("risk_reward_ratio", values.number(reward))
                .with("pattern", "doji_reversal")
                .with("entry_price", entry.price());
        return entry.decide(context, Math.min(values.number(confidenceMax), confidence), Strength.WEAK, metadata);
    }
}
