package io.tabot.strategy;

import io.tabot.strategy.Decision.Action;
import java.util.Optional;

/** Buys a rising candle close to the fast EMA while that EMA is above the slow one. */
final class GoldenTrendSync implements Strategy {
    private final ParameterSchema schema = new ParameterSchema();
    private final Parameter candlesMin = schema.candlesMin(50, 2);
    private final Parameter emaFast = schema.period("ema_fast", 21, "period of the EMA that price has pulled back to");
    private final Parameter emaSlow =
            schema.period("ema_slow", 50, "period of the EMA that shows the trend; stop loss");
    private final Parameter tolerance = schema.share(
            "pullback_tolerance", 0.02, "share of the fast EMA", "how far from the fast EMA a close may be");
    private final Parameter confidence = schema.share("base_confidence", 0.7, "share", "confidence of every signal");
    private final Parameter reward = schema.reward(2.0);

    private final StrategyDefinition definition = new StrategyDefinition(
            "golden_trend_sync",
            "Golden Trend Sync",
            "Buys pullbacks in an upward trend: a rising candle near the fast EMA while it is above the slow one",
            StrategyDefinition.PETROSA,
            StrategyDefinition.Direction.BUY,
            StrategyDefinition.ALL_TIMEFRAMES,
            50,
            schema);

    GoldenTrendSync() {
        schema.ordered(emaFast, emaSlow);
    }

    @Override
    public StrategyDefinition definition() {
        return definition;
    }

    @Override
    public Optional<Decision> evaluate(EvaluationContext context) {
        var values = context.parameters();
        var newest = context.newest();
        var close = context.close(newest);
        if (context.length() < values.integer(candlesMin) || !(close > context.open(newest))) {
            return Optional.empty();
        }
        var fast = context.ema(values.integer(emaFast))[newest];
        var slow = context.ema(values.integer(emaSlow))[newest];
        var distance = Math.abs(close - fast) / fast;
        var fires = fast > slow && distance <= values.number(tolerance);
        return fires ? Optional.of(buy(context, close, fast, slow, distance)) : Optional.empty();
    }

    private Decision buy(EvaluationContext context, double close, double fast, double slow, double distance) {
        var values = context.parameters();
        var takeProfit = close + values.number(reward) * Math.abs(close - slow);
        return Decision.of(
                Action.BUY,
                values.number(confidence),
                close,
                slow,
                takeProfit,
                context.metadata()
                        .with("ema21", fast)
                        .with("ema50", slow)
                        .with("pullback_distance", distance)
                        .with("stop_loss", slow)
                        .with("take_profit", takeProfit)
                        .with("risk_reward_ratio", values.number(reward)));
    }
}
