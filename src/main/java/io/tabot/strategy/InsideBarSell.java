package io.tabot.strategy;

import java.util.Optional;

/** Sells below a candle that stayed within the one before it while the close is below a fast and a slow average. */
final class InsideBarSell implements Strategy {
    private final ParameterSchema schema = new ParameterSchema();
    private final Parameter candlesMin = schema.candlesMin(125);
    private final Parameter fast = schema.period("ema_fast", 8, "period of the fast average");
    private final Parameter slow = schema.period("ema_slow", 80, "period of the slow average");
    private final Parameter confidenceBase =
            schema.share("base_confidence", 0.55, "share", "confidence before what is added");
    private final Parameter distanceFactor = schema.number(
            "distance_boost_factor",
            10,
            0,
            1000,
            "share per share of the close",
            "confidence added for the distance of the close below the slow average");
    private final Parameter separationFactor = schema.number(
            "separation_boost_factor",
            5,
            0,
            1000,
            "share per share of the close",
            "confidence added for the distance between the averages");
    private final Parameter confidenceMax =
            schema.share("max_confidence", 0.80, "share", "upper limit of the confidence");
    private final Parameter reward = schema.reward(2.0);

    private final StrategyDefinition definition = new StrategyDefinition(
            "inside_bar_sell",
            "Inside Bar Sell",
            "Sells below the low of a candle that paused within the one before it, below two averages",
            StrategyDefinition.QUANTZED,
            StrategyDefinition.Direction.SELL,
            StrategyDefinition.ALL_TIMEFRAMES,
            125,
            schema);

    InsideBarSell() {
        schema.ordered(fast, slow);
    }

    @Override
    public StrategyDefinition definition() {
        return definition;
    }

    @Override
    public Optional<Decision> evaluate(EvaluationContext context) {
        var values = context.parameters();
        if (context.length() < Math.max(values.integer(candlesMin), 2) || !isInside(context)) {
            return Optional.empty();
        }
        var newest = context.newest();
        var close = context.close(newest);
        var fastAverage = context.ema(values.integer(fast))[newest];
        if (!(close < fastAverage)) {
            return Optional.empty();
        }
        var slowAverage = context.ema(values.integer(slow))[newest];
        return close < slowAverage ? Optional.of(sell(context, fastAverage, slowAverage)) : Optional.empty();
    }

    private static boolean isInside(EvaluationContext context) {
        var newest = context.newest();
        return context.high(newest) < context.high(newest - 1) && context.low(newest) > context.low(newest - 1);
    }

    private Decision sell(EvaluationContext context, double fastAverage, double slowAverage) {
        var values = context.parameters();
        var newest = context.newest();
        var close = context.close(newest);
        var distance = (slowAverage - close) / close;
        var separation = Math.abs(fastAverage - slowAverage) / close;
        var confidence = values.number(confidenceBase)
                + values.number(distanceFactor) * distance
                + values.number(separationFactor) * separation;
        var entry = BreakoutEntry.below(context, values.number(reward));
        var metadata = context.metadata()
                .with("ema8", fastAverage)
                .with("ema80", slowAverage)
                .with("inside_bar_range", context.high(newest - 1) - context.low(newest - 1))
                .with("consolidation_size", CandleShape.range(context))
                .with("bearish_context_strength", distance)
                .with("risk_reward_ratio", values.number(reward))
                .with("pattern", "inside_bar_bearish_continuation")
                .with("entry_price", entry.price());
        return entry.decide(context, Math.min(values.number(confidenceMax), confidence), metadata);
    }
}
