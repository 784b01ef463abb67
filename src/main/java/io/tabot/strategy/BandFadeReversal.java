package io.tabot.strategy;

import io.tabot.strategy.Decision.Action;
import java.util.Optional;

/** Buys when the close turns up near the lower Bollinger band, for the middle one. */
final class BandFadeReversal implements Strategy {
    private final ParameterSchema schema = new ParameterSchema();
    private final Parameter candlesMin = schema.candlesMin(20, 3);
    private final BollingerBands bands = new BollingerBands(schema);
    private final Parameter tolerance = schema.share(
            "band_tolerance", 0.01, "share of the band", "how far above the lower band the close may still be");
    private final Parameter confidence = schema.share("base_confidence", 0.72, "share", "confidence of every signal");
    private final Parameter stopDistance = schema.number(
            "stop_loss_distance", 0.02, 0, 0.5, "share of the band", "how far below the band the stop loss lies");

    private final StrategyDefinition definition = new StrategyDefinition(
            "band_fade_reversal",
            "Band Fade Reversal",
            "Buys the way back to the middle: the close has fallen to the lower Bollinger band and turns up",
            StrategyDefinition.PETROSA,
            StrategyDefinition.Direction.BUY,
            StrategyDefinition.ALL_TIMEFRAMES,
            20,
            schema);

    @Override
    public StrategyDefinition definition() {
        return definition;
    }

    @Override
    public Optional<Decision> evaluate(EvaluationContext context) {
        var values = context.parameters();
        if (context.length() < values.integer(candlesMin) || !turnsUp(context)) {
            return Optional.empty();
        }
        var close = context.close(context.newest());
        var middle = bands.middle(context);
        if (!(close < middle)) {
            return Optional.empty();
        }
        var reach = bands.reach(context);
        var isNear = close <= (middle - reach) * (1 + values.number(tolerance));
        return isNear ? Optional.of(buy(context, close, middle, reach)) : Optional.empty();
    }

    private static boolean turnsUp(EvaluationContext context) {
        var newest = context.newest();
        var lowest = context.close(newest - 1);
        return lowest < context.close(newest - 2) && context.close(newest) > lowest;
    }

    private Decision buy(EvaluationContext context, double close, double middle, double reach) {
        var values = context.parameters();
        var lower = middle - reach;
        var stopLoss = lower * (1 - values.number(stopDistance));
        return Decision.of(
                Action.BUY,
                values.number(confidence),
                close,
                stopLoss,
                middle,
                context.metadata()
                        .with("bb_lower", lower)
                        .with("bb_middle", middle)
                        .with("bb_upper", middle + reach)
                        .with("distance_from_lower", (close - lower) / lower)
                        .with("stop_loss", stopLoss)
                        .with("take_profit", middle)
                        .with("target", "middle_band"));
    }
}
