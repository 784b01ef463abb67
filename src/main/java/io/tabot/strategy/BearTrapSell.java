package io.tabot.strategy;

import java.util.Optional;

/** Sells below a candle that rose above a slow average while the closes stayed below it: a failed rise. */
final class BearTrapSell implements Strategy {
    private final ParameterSchema schema = new ParameterSchema();
    private final Parameter candlesMin = schema.candlesMin(125);
    private final Parameter period = schema.period("ema_period", 80, 4, "period of the average that is risen above");
    private final Parameter closes =
            schema.integer("confirmation_closes", 4, 1, 50, "candles", "the newest closes that must be below it");
    private final Parameter confidenceBase =
            schema.share("base_confidence", 0.60, "share", "confidence of a close at the average");
    private final Parameter failureBoost = schema.share(
            "failure_confidence_boost",
            0.25,
            "share",
            "confidence added for a close as far below the average as the high is above it");
    private final Parameter confidenceMax =
            schema.share("max_confidence", 0.85, "share", "upper limit of the confidence");
    private final Parameter reward = schema.reward(2.0);

    private final StrategyDefinition definition = new StrategyDefinition(
            "bear_trap_sell",
            "Bear Trap Sell",
            "Sells below the low of a candle that rose above a slow average and closed below it again",
            StrategyDefinition.QUANTZED,
            StrategyDefinition.Direction.SELL,
            StrategyDefinition.ALL_TIMEFRAMES,
            125,
            schema);

    BearTrapSell() {
        schema.fitsWindow(period, closes);
    }

    @Override
    public StrategyDefinition definition() {
        return definition;
    }

    @Override
    public Optional<Decision> evaluate(EvaluationContext context) {
        var values = context.parameters();
        if (context.length() < Math.max(values.integer(candlesMin), values.integer(closes))) {
            return Optional.empty();
        }
        var newest = context.newest();
        var average = context.ema(values.integer(period));
        if (!(context.high(newest) > average[newest] && closesBelow(context, average))) {
            return Optional.empty();
        }
        return Optional.of(sell(context, average[newest]));
    }

    private boolean closesBelow(EvaluationContext context, double[] average) {
        var count = context.parameters().integer(closes);
        return LineComparison.closesBelow(context, average, context.newest(), count) == count;
    }

    private Decision sell(EvaluationContext context, double average) {
        var values = context.parameters();
        var height = context.high(context.newest()) - average;
        var failure = average - context.close(context.newest());
        var ratio = failure / height;
        var confidence = values.number(confidenceBase) + values.number(failureBoost) * ratio;
        var metadata = context.metadata()
                .with("ema80", average)
                .with("false_breakout_height", height)
                .with("breakout_failure_distance", failure)
                .with("failure_ratio", ratio)
                .with("risk_reward_ratio", values.number(reward))
                .with("pattern", "bear_trap_sell_reversal");
        return BreakoutEntry.below(context, values.number(reward))
                .decide(context, Math.min(values.number(confidenceMax), confidence), metadata);
    }
}
