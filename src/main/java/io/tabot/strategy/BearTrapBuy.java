package io.tabot.strategy;

import java.util.Optional;

/** Buys above a candle that dipped below a slow average while the closes stayed above it: a failed fall. */
final class BearTrapBuy implements Strategy {
    private final ParameterSchema schema = new ParameterSchema();
    private final Parameter candlesMin = schema.candlesMin(125);
    private final Parameter period = schema.period("ema_period", 80, 4, "period of the average that is dipped below");
    private final Parameter closes =
            schema.integer("confirmation_closes", 4, 1, 50, "candles", "the newest closes that must be above it");
    private final Parameter confidenceBase =
            schema.share("base_confidence", 0.60, "share", "confidence of a close at the low");
    private final Parameter recoveryBoost =
            schema.share("recovery_confidence_boost", 0.25, "share", "confidence added for a close at the high");
    private final Parameter confidenceMax =
            schema.share("max_confidence", 0.85, "share", "upper limit of the confidence");
    private final Parameter reward = schema.reward(2.0);

    private final StrategyDefinition definition = new StrategyDefinition(
            "bear_trap_buy",
            "Bear Trap Buy",
            "Buys above the high of a candle that dipped below a slow average and closed above it again",
            StrategyDefinition.QUANTZED,
            StrategyDefinition.Direction.BUY,
            StrategyDefinition.ALL_TIMEFRAMES,
            125,
            schema);

    BearTrapBuy() {
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
        if (!(context.low(newest) < average[newest] && closesAbove(context, average))) {
            return Optional.empty();
        }
        return Optional.of(buy(context, average[newest]));
    }

    private boolean closesAbove(EvaluationContext context, double[] average) {
        var count = context.parameters().integer(closes);
        return LineComparison.closesAbove(context, average, context.newest(), count) == count;
    }

    private Decision buy(EvaluationContext context, double average) {
        var values = context.parameters();
        var low = context.low(context.newest());
        var entry = BreakoutEntry.above(context, values.number(reward));
        var recovery = (context.close(context.newest()) - low) / CandleShape.range(context);
        var confidence = values.number(confidenceBase) + values.number(recoveryBoost) * recovery;
        var metadata = context.metadata()
                .with("ema80", average)
                .with("trap_depth", Math.abs(low - average))
                .with("recovery_strength", recovery)
                .with("risk_reward_ratio", values.number(reward))
                .with("pattern", "bear_trap_reversal")
                .with("entry_price", entry.price());
        return entry.decide(context, Math.min(values.number(confidenceMax), confidence), metadata);
    }
}
