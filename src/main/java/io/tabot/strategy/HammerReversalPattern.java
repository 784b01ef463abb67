package io.tabot.strategy;

import static io.tabot.strategy.StrategyDefinition.WINDOW_CANDLES;

import java.util.Optional;

/** Buys above a candle that fell far and closed near its high: a long lower shadow under a small body. */
final class HammerReversalPattern implements Strategy {
    private final ParameterSchema schema = new ParameterSchema();
    private final Parameter candlesMin = schema.candlesMin(10);
    private final Parameter lowerShadowMin = schema.number(
            "lower_shadow_ratio_threshold", 2.5, 0.1, 50, "times the body", "the lower shadow must be at least this");
    private final Parameter upperShadowDivisor = schema.number(
            "upper_shadow_divisor",
            5,
            0.5,
            100,
            "ratio",
            "the upper shadow must be at most the body divided by it; the less of it there is, the surer");
    private final Parameter lookback = schema.integer(
            "downtrend_lookback", 4, 1, WINDOW_CANDLES - 1, "candles", "those before the newest that show the trend");
    private final Parameter higherMin = schema.integer(
            "downtrend_closes_min",
            2,
            0,
            WINDOW_CANDLES,
            "closes",
            "how many of them above the newest make a downtrend");
    private final Parameter confidenceBase =
            schema.share("base_confidence", 0.68, "share", "confidence before what is added");
    private final Parameter downtrendBoost =
            schema.share("downtrend_confidence_boost", 0.08, "share", "confidence added after a downtrend");
    private final Parameter ratioFull = schema.number(
            "full_wick_ratio", 5, 0.1, 100, "times the body", "a lower shadow of this adds its whole boost");
    private final Parameter ratioBoost =
            schema.share("wick_ratio_confidence_boost", 0.10, "share", "confidence added for a full lower shadow");
    private final Parameter dominanceBoost = schema.share(
            "wick_dominance_confidence_boost", 0.08, "share", "confidence added if the lower shadow were all there is");
    private final Parameter upperBoost =
            schema.share("upper_wick_confidence_boost", 0.06, "share", "confidence added if there is no upper shadow");
    private final Parameter confidenceMax =
            schema.share("max_confidence", 0.88, "share", "upper limit of the confidence");
    private final Parameter reward = schema.reward(2.0);

    private final StrategyDefinition definition = new StrategyDefinition(
            "hammer_reversal_pattern",
            "Hammer Reversal Pattern",
            "Buys above the high of a hammer, a candle whose deep fall was bought back before it closed",
            StrategyDefinition.QUANTZED,
            StrategyDefinition.Direction.BUY,
            StrategyDefinition.ALL_TIMEFRAMES,
            10,
            schema);

    @Override
    public StrategyDefinition definition() {
        return definition;
    }

    @Override
    public Optional<Decision> evaluate(EvaluationContext context) {
        return isHammer(context) && hasCandles(context) ? Optional.of(buy(context)) : Optional.empty();
    }

    private boolean isHammer(EvaluationContext context) {
        var values = context.parameters();
        var body = CandleShape.body(context);
        return body > 0
                && CandleShape.lowerShadow(context) >= values.number(lowerShadowMin) * body
                && CandleShape.upperShadow(context) <= body / values.number(upperShadowDivisor)
                && CandleShape.range(context) > 0;
    }

    private boolean hasCandles(EvaluationContext context) {
        var values = context.parameters();
        return context.length() >= values.integer(candlesMin) && context.length() > values.integer(lookback);
    }

    private Decision buy(EvaluationContext context) {
        var values = context.parameters();
        var newest = context.newest();
        var entry = BreakoutEntry.above(context, values.number(reward));
        var body = CandleShape.body(context);
        var lower = CandleShape.lowerShadow(context);
        var upper = CandleShape.upperShadow(context);
        var range = CandleShape.range(context);
        var isDowntrend = isDowntrend(context);
        var ratioQuality = Math.min(1, lower / body / values.number(ratioFull));
        var dominance = lower / range;
        var upperQuality = Math.max(0, 1 - values.number(upperShadowDivisor) * (upper / body));
        var confidence = values.number(confidenceBase)
                + (isDowntrend ? values.number(downtrendBoost) : 0)
                + values.number(ratioBoost) * ratioQuality
                + values.number(dominanceBoost) * dominance
                + values.number(upperBoost) * upperQuality;
        var metadata = context.metadata()
                .with("pattern_type", "hammer")
                .with("entry_price", entry.price())
                .with("stop_loss", entry.stopLoss())
                .with("take_profit", entry.takeProfit())
                .with("risk_reward_ratio", values.number(reward))
                .with("candle_open", context.open(newest))
                .with("candle_high", context.high(newest))
                .with("candle_low", context.low(newest))
                .with("candle_close", context.close(newest))
                .with("body_size", body)
                .with("lower_shadow", lower)
                .with("upper_shadow", upper)
                .with("total_range", range)
                .with("wick_to_body_ratio", lower / body)
                .with("wick_dominance", dominance)
                .with("upper_wick_ratio", upper / body)
                .with("downtrend_context", isDowntrend)
                .with("pattern_quality", (ratioQuality + dominance + upperQuality) / 3)
                .with("strategy_origin", "quantzed_screening_25");
        return entry.decide(context, Math.min(values.number(confidenceMax), confidence), metadata);
    }

    private boolean isDowntrend(EvaluationContext context) {
        var values = context.parameters();
        var close = context.close(context.newest());
        var higher = 0;
        for (var back = 1; back <= values.integer(lookback); back++) {
            higher += context.close(context.newest() - back) > close ? 1 : 0;
        }
        return higher >= values.integer(higherMin);
    }
}
