package io.tabot.strategy;

import java.util.Optional;

/** Sells below the candle on which a short average turns from rising to falling. */
final class EmaSlopeReversalSell implements Strategy {
    private static final int CANDLES_READ = 3;

    private final ParameterSchema schema = new ParameterSchema();
    private final Parameter candlesMin = schema.candlesMin(60);
    private final Parameter period = schema.period("ema_period", 9, CANDLES_READ - 1, "period of the average");
    private final Parameter slopeMin = schema.number(
            "slope_threshold",
            0.0,
            0,
            0.1,
            "share of the close",
            "the average must have risen by more than this, then fallen by more than this");
    private final Parameter confidenceBase =
            schema.share("base_confidence", 0.55, "share", "confidence before what is added");
    private final Parameter slopeFactor = schema.number(
            "slope_boost_factor",
            50,
            0,
            1000,
            "share per share of the close",
            "confidence added for the change of slope");
    private final Parameter distanceFactor = schema.number(
            "distance_boost_factor",
            10,
            0,
            1000,
            "share per share of the close",
            "confidence added for the distance of the close below the average");
    private final Parameter confidenceMax =
            schema.share("max_confidence", 0.80, "share", "upper limit of the confidence");
    private final Parameter reward = schema.reward(2.0);

    private final StrategyDefinition definition = new StrategyDefinition(
            "ema_slope_reversal_sell",
            "Ema Slope Reversal Sell",
            "Sells below the low of the candle that turns a short average from rising to falling",
            StrategyDefinition.QUANTZED,
            StrategyDefinition.Direction.SELL,
            StrategyDefinition.ALL_TIMEFRAMES,
            60,
            schema);

    @Override
    public StrategyDefinition definition() {
        return definition;
    }

    @Override
    public Optional<Decision> evaluate(EvaluationContext context) {
        var values = context.parameters();
        if (context.length() < Math.max(values.integer(candlesMin), CANDLES_READ)) {
            return Optional.empty();
        }
        var newest = context.newest();
        var close = context.close(newest);
        var line = context.ema(values.integer(period));
        var average = line[newest];
        if (!(close < average)) {
            return Optional.empty();
        }
        var slope = average - line[newest - 1];
        var slopeBefore = line[newest - 1] - line[newest - 2];
        var least = values.number(slopeMin) * close;
        var turns = slopeBefore > least && slope < -least;
        return turns ? Optional.of(sell(context, average, slope, slopeBefore)) : Optional.empty();
    }

    private Decision sell(EvaluationContext context, double average, double slope, double slopeBefore) {
        var values = context.parameters();
        var close = context.close(context.newest());
        var change = Math.abs(slope - slopeBefore);
        var distance = (average - close) / close;
        var confidence = values.number(confidenceBase)
                + values.number(slopeFactor) * (change / close)
                + values.number(distanceFactor) * distance;
        var entry = BreakoutEntry.below(context, values.number(reward));
        var metadata = context.metadata()
                .with("ema9", average)
                .with("current_inclination", slope)
                .with("previous_inclination", slopeBefore)
                .with("slope_change", change)
                .with("price_distance_from_ema", distance)
                .with("normalized_slope_change", change / close)
                .with("risk_reward_ratio", values.number(reward))
                .with("pattern", "ema9_slope_reversal_bearish")
                .with("entry_price", entry.price());
        return entry.decide(context, Math.min(values.number(confidenceMax), confidence), metadata);
    }
}
