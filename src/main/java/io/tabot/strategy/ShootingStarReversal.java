package io.tabot.strategy;

import java.util.Optional;

/** Sells below a candle that rose far and closed near its low: a long upper shadow over a small body. */
final class ShootingStarReversal implements Strategy {
    private final ParameterSchema schema = new ParameterSchema();
    private final Parameter candlesMin = schema.candlesMin(10);
    private final Parameter bodyMin = schema.underPython(
            schema.number("body_min", 0.0001, 0, 1000, "quote currency", "a smaller body: no signal"));
    private final Parameter bodyShareMin = schema.underCorrected(
            schema.share("body_share_min", 1e-9, "share of the close", "a body smaller than this share: no signal"));
    private final Parameter upperShadowMin = schema.number(
            "upper_shadow_ratio_threshold", 2.5, 0.1, 50, "times the body", "the upper shadow must be at least this");
    private final Parameter lowerShadowDivisor = schema.number(
            "lower_shadow_divisor", 5, 0.5, 100, "ratio", "the lower shadow must be at most the body divided by it");
    private final Parameter confidenceBase =
            schema.share("base_confidence", 0.50, "share", "confidence before what is added");
    private final Parameter ratioFull = schema.number(
            "full_shadow_ratio", 5, 0.1, 100, "times the body", "an upper shadow of this adds its whole boost");
    private final Parameter patternBoost =
            schema.share("pattern_confidence_boost", 0.25, "share", "confidence added for a full upper shadow");
    private final Parameter patternMax = schema.share(
            "pattern_confidence_max", 0.75, "share", "upper limit of the confidence before the trend is added");
    private final Parameter trendPeriod = schema.period("sma_period", 20, "a close above its average is an uptrend");
    private final Parameter trendBoost =
            schema.share("uptrend_confidence_boost", 0.1, "share", "confidence added in an uptrend");
    private final Parameter confidenceMax =
            schema.share("max_confidence", 0.80, "share", "upper limit of the confidence");
    private final Parameter reward = schema.reward(1.5);

    private final StrategyDefinition definition = new StrategyDefinition(
            "shooting_star_reversal",
            "Shooting Star Reversal",
            "Sells below the low of a shooting star, a candle whose steep rise was sold off before it closed",
            StrategyDefinition.QUANTZED,
            StrategyDefinition.Direction.SELL,
            StrategyDefinition.ALL_TIMEFRAMES,
            10,
            schema);

    @Override
    public StrategyDefinition definition() {
        return definition;
    }

    @Override
    public Optional<Decision> evaluate(EvaluationContext context) {
        var isLongEnough = context.length() >= context.parameters().integer(candlesMin);
        return isLongEnough && isShootingStar(context) ? Optional.of(sell(context)) : Optional.empty();
    }

    private boolean isShootingStar(EvaluationContext context) {
        var values = context.parameters();
        var body = CandleShape.body(context);
        return CandleShape.upperShadow(context) >= values.number(upperShadowMin) * body
                && CandleShape.lowerShadow(context) <= body / values.number(lowerShadowDivisor)
                && body > 0
                && body >= leastBody(context);
    }

    /** A fixed amount of money is nothing for one symbol and a whole candle for another. */
    private double leastBody(EvaluationContext context) {
        var values = context.parameters();
        return context.isCorrected()
                ? values.number(bodyShareMin) * context.close(context.newest())
                : values.number(bodyMin);
    }

    private Decision sell(EvaluationContext context) {
        var values = context.parameters();
        var body = CandleShape.body(context);
        var upper = CandleShape.upperShadow(context);
        var strength = Math.min(1, upper / body / values.number(ratioFull));
        var entry = BreakoutEntry.below(context, values.number(reward));
        var metadata = context.metadata()
                .with("body_size", body)
                .with("upper_shadow", upper)
                .with("lower_shadow", CandleShape.lowerShadow(context))
                .with("shadow_ratio", upper / body)
                .with("pattern_strength", strength)
                .with("risk_reward_ratio", values.number(reward))
                .with("pattern", "shooting_star_bearish_reversal")
                .with("entry_price", entry.price());
        return entry.decide(context, confidence(context, strength), metadata);
    }

    private double confidence(EvaluationContext context, double strength) {
        var values = context.parameters();
        var pattern = Math.min(
                values.number(patternMax), values.number(confidenceBase) + values.number(patternBoost) * strength);
        var newest = context.newest();
        var isUptrend = context.close(newest) > context.movingAverage(values.integer(trendPeriod), newest);
        return Math.min(values.number(confidenceMax), pattern + (isUptrend ? values.number(trendBoost) : 0));
    }
}
