package io.tabot.strategy;

import io.tabot.strategy.Decision.Action;
import java.util.Optional;

/** Trades back to the EMA when the close is far from it, outside the Bollinger bands, and the RSI agrees. */
final class MeanReversionScalper implements Strategy {
    private final ParameterSchema schema = new ParameterSchema();
    private final Parameter candlesMin = schema.candlesMin(25, 3);
    private final Parameter emaPeriod =
            schema.period("ema_period", 21, "period of the EMA that price is to return to; take profit");
    private final Parameter deviationMin = schema.share(
            "deviation_threshold", 0.02, "share of the EMA", "the close must be at least so far from the EMA");
    private final Parameter strongDeviation = schema.share(
            "strong_deviation_threshold", 0.03, "share of the EMA", "further than this, the boost is added once");
    private final Parameter extremeDeviation = schema.share(
            "extreme_deviation_threshold", 0.04, "share of the EMA", "further than this, the boost is added twice");
    private final BollingerBands bands = new BollingerBands(schema);
    private final Parameter rsiPeriod = schema.period("rsi_period", 14, "RSI period");
    private final Parameter oversold =
            schema.number("rsi_oversold", 30, 0, 100, "RSI points", "the RSI of a buy must be below it");
    private final Parameter overbought =
            schema.number("rsi_overbought", 70, 0, 100, "RSI points", "the RSI of a sell must be above it");
    private final Parameter confidenceBase = schema.share("base_confidence", 0.7, "share", "confidence before boosts");
    private final Parameter reversalBoost = schema.share(
            "reversal_confidence_boost", 0.05, "share", "confidence added if two closes already run the other way");
    private final Parameter deviationBoost = schema.share(
            "deviation_confidence_boost", 0.05, "share", "confidence added for a strong deviation from the EMA");
    private final Parameter confidenceMax =
            schema.share("max_confidence", 0.9, "share", "upper limit of the confidence");
    private final Parameter stopDistance = schema.number(
            "stop_loss_distance", 0.015, 0, 0.5, "share of the band", "how far beyond the band the stop loss lies");

    private final StrategyDefinition definition = new StrategyDefinition(
            "mean_reversion_scalper",
            "Mean Reversion Scalper",
            "Trades back to the EMA when the close has run far from it, out of the Bollinger bands, on an extreme RSI",
            StrategyDefinition.PETROSA,
            StrategyDefinition.Direction.BUY_AND_SELL,
            StrategyDefinition.ALL_TIMEFRAMES,
            25,
            schema);

    MeanReversionScalper() {
        schema.ordered(strongDeviation, extremeDeviation);
        schema.ordered(oversold, overbought);
    }

    @Override
    public StrategyDefinition definition() {
        return definition;
    }

    @Override
    public Optional<Decision> evaluate(EvaluationContext context) {
        var values = context.parameters();
        if (context.length() < values.integer(candlesMin) || !(deviation(context) >= values.number(deviationMin))) {
            return Optional.empty();
        }
        var close = context.close(context.newest());
        var rsi = rsi(context);
        if (rsi < values.number(oversold) && close < bands.middle(context) - bands.reach(context)) {
            return Optional.of(buy(context));
        }
        var isHigh = rsi > values.number(overbought) && close > bands.middle(context) + bands.reach(context);
        return isHigh ? Optional.of(sell(context)) : Optional.empty();
    }

    /** How far the close is from the EMA, as a share of it. */
    private double deviation(EvaluationContext context) {
        var ema = ema(context);
        return Math.abs(context.close(context.newest()) - ema) / ema;
    }

    private double ema(EvaluationContext context) {
        return context.ema(context.parameters().integer(emaPeriod))[context.newest()];
    }

    private double rsi(EvaluationContext context) {
        return context.rsi(context.parameters().integer(rsiPeriod))[context.newest()];
    }

    private Decision buy(EvaluationContext context) {
        var lower = bands.middle(context) - bands.reach(context);
        var stopLoss = lower * (1 - context.parameters().number(stopDistance));
        return decision(context, Action.BUY, "oversold_reversal", Closes.rise(context), stopLoss);
    }

    private Decision sell(EvaluationContext context) {
        var upper = bands.middle(context) + bands.reach(context);
        var stopLoss = upper * (1 + context.parameters().number(stopDistance));
        return decision(context, Action.SELL, "overbought_reversal", Closes.fall(context), stopLoss);
    }

    private Decision decision(
            EvaluationContext context, Action action, String type, boolean hasTurned, double stopLoss) {
        var ema = ema(context);
        var middle = bands.middle(context);
        var reach = bands.reach(context);
        var metadata = context.metadata()
                .with("deviation_from_ema", deviation(context))
                .with("rsi", rsi(context))
                .with("ema21", ema)
                .with("bb_lower", middle - reach)
                .with("bb_upper", middle + reach)
                .with("signal_type", type)
                .with("mean_reversion", true)
                .with("stop_loss", stopLoss)
                .with("take_profit", ema)
                .with("target", "ema21");
        return Decision.of(
                action, confidence(context, hasTurned), context.close(context.newest()), stopLoss, ema, metadata);
    }

    private double confidence(EvaluationContext context, boolean hasTurned) {
        var values = context.parameters();
        var deviation = deviation(context);
        var confidence = values.number(confidenceBase);
        confidence += hasTurned ? values.number(reversalBoost) : 0;
        confidence += deviation > values.number(strongDeviation) ? values.number(deviationBoost) : 0;
        confidence += deviation > values.number(extremeDeviation) ? values.number(deviationBoost) : 0;
        return Math.min(values.number(confidenceMax), confidence);
    }
}
