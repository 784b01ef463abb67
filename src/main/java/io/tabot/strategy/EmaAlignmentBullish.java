package io.tabot.strategy;

import java.util.Optional;

/** Buys while price, fast and slow average lie in this order, top down, and both averages rise. */
final class EmaAlignmentBullish implements Strategy {
    private final ParameterSchema schema = new ParameterSchema();
    private final Parameter candlesMin = schema.candlesMin(125);
    private final Parameter emaFast = schema.period("ema_fast", 8, 2, "period of the fast average");
    private final Parameter emaSlow = schema.period("ema_slow", 80, 2, "period of the slow average; stop loss");
    private final Parameter trendLookback =
            schema.integer("trend_lookback", 2, 1, 50, "candles", "both averages must have risen with each of these");
    private final Parameter confidenceBase =
            schema.share("base_confidence", 0.74, "share", "confidence before what is added");
    private final Parameter trendFactor = schema.number(
            "trend_boost_factor",
            10,
            0,
            1000,
            "share per share of the slow average",
            "confidence added for the relative distance between the averages");
    private final Parameter trendMax =
            schema.share("trend_boost_max", 0.1, "share", "most confidence that the distance between averages adds");
    private final Parameter distanceFactor = schema.number(
            "distance_boost_factor",
            20,
            0,
            1000,
            "share per share of the fast average",
            "confidence added for the relative distance of the close from the fast average");
    private final Parameter distanceMax =
            schema.share("distance_boost_max", 0.05, "share", "most confidence that the distance of the close adds");
    private final Parameter confidenceMax =
            schema.share("max_confidence", 0.95, "share", "upper limit of the confidence");
    private final Parameter reward = schema.reward(2.5);

    private final StrategyDefinition definition = new StrategyDefinition(
            "ema_alignment_bullish",
            "Ema Alignment Bullish",
            "Buys while price is above a rising fast average that is above a rising slow one",
            StrategyDefinition.QUANTZED,
            StrategyDefinition.Direction.BUY,
            StrategyDefinition.ALL_TIMEFRAMES,
            125,
            schema);

    EmaAlignmentBullish() {
        schema.ordered(emaFast, emaSlow);
        schema.fitsWindow(emaSlow, trendLookback);
    }

    @Override
    public StrategyDefinition definition() {
        return definition;
    }

    @Override
    public Optional<Decision> evaluate(EvaluationContext context) {
        var values = context.parameters();
        var newest = context.newest();
        var steps = values.integer(trendLookback);
        if (context.length() < values.integer(candlesMin) || newest < steps) {
            return Optional.empty();
        }
        var fast = context.emaAdjusted(values.integer(emaFast));
        if (!(context.close(newest) > fast[newest]) || LineComparison.rising(fast, newest, steps) < steps) {
            return Optional.empty();
        }
        var slow = context.emaAdjusted(values.integer(emaSlow));
        var fires = fast[newest] > slow[newest] && LineComparison.rising(slow, newest, steps) == steps;
        return fires ? Optional.of(buy(context, fast[newest], slow[newest])) : Optional.empty();
    }

    private Decision buy(EvaluationContext context, double fast, double slow) {
        var values = context.parameters();
        var trend = (fast - slow) / slow;
        var distance = (context.close(context.newest()) - fast) / fast;
        var metadata = context.metadata()
                .with("ema8", fast)
                .with("ema80", slow)
                .with("trend_strength", trend)
                .with("price_distance_from_ema8", distance)
                .with("ema8_momentum", true)
                .with("ema80_momentum", true)
                .with("strategy_origin", "quantzed_screening_01");
        return MarketEntry.buy(context, slow, values.number(reward))
                .decide(confidence(values, trend, distance), metadata);
    }

    private double confidence(ParameterValues values, double trend, double distance) {
        var trendBoost = Math.min(values.number(trendMax), trend * values.number(trendFactor));
        var distanceBoost = Math.min(values.number(distanceMax), distance * values.number(distanceFactor));
        return Math.min(values.number(confidenceMax), values.number(confidenceBase) + trendBoost + distanceBoost);
    }
}
