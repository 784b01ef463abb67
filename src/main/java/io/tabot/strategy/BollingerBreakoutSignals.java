package io.tabot.strategy;

import io.tabot.strategy.Decision.Action;
import java.util.Optional;

/** Trades back towards the middle when a close lies outside the Bollinger bands: the further, the surer. */
final class BollingerBreakoutSignals implements Strategy {
    private final ParameterSchema schema = new ParameterSchema();
    private final Parameter candlesMin = schema.candlesMin(25, 2);
    private final BollingerBands bands = new BollingerBands(schema);
    private final Parameter confidenceBase =
            schema.share("base_confidence", 0.68, "share", "confidence of a close just outside the band");
    private final Parameter boostFactor = schema.number(
            "distance_boost_factor",
            50,
            0,
            1000,
            "share per share of the band",
            "confidence added for the relative distance from the band");
    private final Parameter boostMax =
            schema.share("distance_boost_max", 0.12, "share", "most confidence that distance adds");
    private final Parameter confidenceMax =
            schema.share("max_confidence", 0.85, "share", "upper limit of the confidence");
    private final Parameter stopDistance = schema.number(
            "stop_loss_distance", 0.02, 0, 0.5, "share of the band", "how far beyond the band the stop loss lies");

    private final StrategyDefinition definition = new StrategyDefinition(
            "bollinger_breakout_signals",
            "Bollinger Breakout Signals",
            "Fades a close outside the Bollinger bands: buys below the lower, sells above the upper, for the middle",
            StrategyDefinition.QUANTZED,
            StrategyDefinition.Direction.BUY_AND_SELL,
            StrategyDefinition.ALL_TIMEFRAMES,
            25,
            schema);

    @Override
    public StrategyDefinition definition() {
        return definition;
    }

    @Override
    public Optional<Decision> evaluate(EvaluationContext context) {
        var values = context.parameters();
        if (context.length() < values.integer(candlesMin)) {
            return Optional.empty();
        }
        var close = context.close(context.newest());
        var middle = bands.middle(context);
        var reach = bands.reach(context);
        if (close < middle - reach) {
            return Optional.of(buy(context, close, middle, reach));
        }
        return close > middle + reach ? Optional.of(sell(context, close, middle, reach)) : Optional.empty();
    }

    private Decision buy(EvaluationContext context, double close, double middle, double reach) {
        var values = context.parameters();
        var lower = middle - reach;
        var confidence = confidence(values, lower - close, lower);
        var stopLoss = lower * (1 - values.number(stopDistance));
        var metadata = bandMetadata(context, close, middle, reach)
                .with("breakout_type", "lower_band_breakout")
                .with("distance_from_band", Math.abs(close - lower) / close)
                .with("strategy_origin", "quantzed_screening_04");
        return decision(Action.BUY, confidence, close, stopLoss, middle, metadata);
    }

    private Decision sell(EvaluationContext context, double close, double middle, double reach) {
        var values = context.parameters();
        var upper = middle + reach;
        var confidence = confidence(values, close - upper, upper);
        var stopLoss = upper * (1 + values.number(stopDistance));
        var metadata = bandMetadata(context, close, middle, reach)
                .with("breakout_type", "upper_band_breakout")
                .with("distance_from_band", Math.abs(close - upper) / close)
                .with("strategy_origin", "quantzed_screening_05");
        return decision(Action.SELL, confidence, close, stopLoss, middle, metadata);
    }

    private double confidence(ParameterValues values, double distance, double band) {
        var relative = band > 0 ? distance / band : 0;
        var boost = Math.min(values.number(boostMax), relative * values.number(boostFactor));
        return Math.min(values.number(confidenceMax), values.number(confidenceBase) + boost);
    }

    private static Metadata bandMetadata(EvaluationContext context, double close, double middle, double reach) {
        var lower = middle - reach;
        var upper = middle + reach;
        return context.metadata()
                .with("bb_upper", upper)
                .with("bb_lower", lower)
                .with("bb_middle", middle)
                .with("band_width", middle > 0 ? (upper - lower) / middle : 0)
                .with("position_in_bands", BollingerBands.position(close, lower, upper));
    }

    private static Decision decision(
            Action action, double confidence, double close, double stopLoss, double middle, Metadata metadata) {
        var complete =
                metadata.with("stop_loss", stopLoss).with("take_profit", middle).with("target", "middle_band");
        return Decision.of(action, confidence, close, stopLoss, middle, complete);
    }
}
