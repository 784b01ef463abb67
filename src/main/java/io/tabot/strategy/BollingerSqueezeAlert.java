package io.tabot.strategy;

import io.tabot.strategy.Decision.Action;
import io.tabot.strategy.Decision.OrderType;
import io.tabot.strategy.Decision.Strength;
import java.util.Optional;

/** Says hold while the Bollinger bands are close together: a move is likely, its direction unknown. */
final class BollingerSqueezeAlert implements Strategy {
    private final ParameterSchema schema = new ParameterSchema();
    private final Parameter candlesMin = schema.candlesMin(25);
    private final BollingerBands bands = new BollingerBands(schema);
    private final Parameter threshold = schema.number(
            "squeeze_threshold", 0.1, 0.0001, 1, "share of the middle band", "the bands must be closer than this");
    private final Parameter confidenceBase =
            schema.share("base_confidence", 0.65, "share", "confidence of a squeeze just under the threshold");
    private final Parameter boostMax =
            schema.share("squeeze_boost_max", 0.15, "share", "confidence added when the bands are one line");
    private final Parameter confidenceMax =
            schema.share("max_confidence", 0.85, "share", "upper limit of the confidence");

    private final StrategyDefinition definition = new StrategyDefinition(
            "bollinger_squeeze_alert",
            "Bollinger Squeeze Alert",
            "Tells of a squeeze: the Bollinger bands are close together, and a move in either direction may follow",
            StrategyDefinition.QUANTZED,
            StrategyDefinition.Direction.HOLD,
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
        var middle = bands.middle(context);
        var reach = bands.reach(context);
        var width = ((middle + reach) - (middle - reach)) / middle;
        var isSqueezed = middle > 0 && width < values.number(threshold);
        return isSqueezed ? Optional.of(hold(context, middle, reach, width)) : Optional.empty();
    }

    private Decision hold(EvaluationContext context, double middle, double reach, double width) {
        var values = context.parameters();
        var close = context.close(context.newest());
        var lower = middle - reach;
        var upper = middle + reach;
        var intensity = Math.max(0, (values.number(threshold) - width) / values.number(threshold));
        var confidence = Math.min(
                values.number(confidenceMax), values.number(confidenceBase) + intensity * values.number(boostMax));
        var metadata = context.metadata()
                .with("bb_upper", upper)
                .with("bb_lower", lower)
                .with("bb_middle", middle)
                .with("squeeze_ratio", width)
                .with("squeeze_threshold", values.number(threshold))
                .with("squeeze_intensity", intensity)
                .with("band_position", BollingerBands.position(close, lower, upper))
                .with("band_width_pct", width)
                .with("strategy_origin", "quantzed_screening_02");
        return new Decision(
                Action.HOLD, confidence, close, null, null, Strength.MEDIUM, OrderType.MARKET, metadata.values());
    }
}
