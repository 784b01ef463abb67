package io.tabot.strategy;

import io.tabot.market.Timeframe;
import io.tabot.strategy.Decision.Action;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;

/** Buys when a very short RSI is deep down; surer when it is extreme, and when it turns up already. */
final class RsiExtremeReversal implements Strategy {
    /** The number that the Python bot measured extremeness from, whatever the threshold was. */
    private static final double PYTHON_EXTREMENESS_FROM = 25;

    private final ParameterSchema schema = new ParameterSchema();
    private final Parameter rsiPeriod = schema.integer("rsi_period", 2, 2, 50, "candles", "RSI period");
    private final Parameter oversold =
            schema.number("oversold_threshold", 25, 10, 40, "RSI points", "the RSI must be below it");
    private final Parameter extreme =
            schema.number("extreme_threshold", 2, 1, 10, "RSI points", "an RSI below it counts as extreme");
    private final Parameter candlesMin =
            schema.integer("min_data_points", 78, 50, 200, "candles", "fewer candles than this: no signal");
    private final Parameter extremeConfidence =
            schema.share("extreme_confidence", 0.82, "share", "confidence when extreme, before adjustment");
    private final Parameter oversoldConfidence =
            schema.share("oversold_confidence", 0.72, "share", "confidence when oversold, before adjustment");
    private final Parameter momentumFactor = schema.share(
            "momentum_adjustment_factor",
            0.02,
            "share per RSI point",
            "confidence added for each point that the RSI has risen since the last candle");
    private final Parameter momentumThreshold = schema.number(
            "momentum_threshold", -2, -100, 0, "RSI points", "a change below it costs the momentum penalty");
    private final Parameter momentumBoost =
            schema.share("momentum_boost", 0.08, "share", "most confidence that a rising RSI adds");
    private final Parameter momentumPenalty =
            schema.number("momentum_penalty", -0.05, -1, 0, "share", "confidence added, below zero, for a falling RSI");
    private final Parameter confidenceMin =
            schema.share("min_confidence", 0.55, "share", "lower limit of the confidence");
    private final Parameter confidenceMax =
            schema.share("max_confidence", 0.9, "share", "upper limit of the confidence");
    private final Parameter stopLookback = schema.integer(
            "stop_loss_lookback", 5, 1, 50, "candles", "the stop loss is at the lowest low of these, or lower");
    private final Parameter stopDistance =
            schema.number("stop_loss_distance", 0.01, 0, 0.5, "share of the close", "least distance of the stop loss");
    private final Parameter riskMin = schema.number(
            "min_risk", 0.005, 0, 0.5, "share of the close", "least distance that the take profit is reckoned from");
    private final Parameter reward = schema.reward(2.0);

    private final StrategyDefinition definition = new StrategyDefinition(
            "rsi_extreme_reversal",
            "RSI Extreme Reversal",
            "Detects extreme RSI conditions that suggest potential mean reversion opportunities",
            StrategyDefinition.QUANTZED,
            StrategyDefinition.Direction.BUY,
            Collections.unmodifiableSet(EnumSet.range(Timeframe.FIFTEEN_MINUTES, Timeframe.ONE_MONTH)),
            78,
            schema);

    RsiExtremeReversal() {
        schema.ordered(extreme, oversold);
        schema.ordered(confidenceMin, confidenceMax);
    }

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
        var line = context.rsiAdjusted(values.integer(rsiPeriod));
        var rsi = line[context.newest()];
        if (!(rsi < values.number(extreme) || rsi < values.number(oversold))) {
            return Optional.empty();
        }
        return Optional.of(buy(context, rsi, rsi - line[context.newest() - 1]));
    }

    private Decision buy(EvaluationContext context, double rsi, double momentum) {
        var values = context.parameters();
        var close = context.close(context.newest());
        var isExtreme = rsi < values.number(extreme);
        var stopLoss = stopLoss(context, close);
        var risk = Math.max(close - stopLoss, close * values.number(riskMin));
        var takeProfit = close + values.number(reward) * risk;
        return Decision.of(
                Action.BUY,
                confidence(values, isExtreme, momentum),
                close,
                stopLoss,
                takeProfit,
                context.metadata()
                        .with("rsi_2", rsi)
                        .with("rsi_momentum", momentum)
                        .with("signal_strength", isExtreme ? "extreme" : "strong")
                        .with("extremeness", extremeness(context, rsi))
                        .with("threshold_type", isExtreme ? "extreme" : "oversold")
                        .with("strategy_origin", isExtreme ? "quantzed_screening_08" : "quantzed_screening_09")
                        .with("stop_loss", stopLoss)
                        .with("take_profit", takeProfit));
    }

    private double confidence(ParameterValues values, boolean isExtreme, double momentum) {
        var base = values.number(isExtreme ? extremeConfidence : oversoldConfidence);
        var adjusted = base + momentumAdjustment(values, momentum);
        return Math.max(values.number(confidenceMin), Math.min(values.number(confidenceMax), adjusted));
    }

    private double momentumAdjustment(ParameterValues values, double momentum) {
        if (momentum > 0) {
            return Math.min(values.number(momentumBoost), momentum * values.number(momentumFactor));
        }
        return momentum < values.number(momentumThreshold) ? values.number(momentumPenalty) : 0;
    }

    private double stopLoss(EvaluationContext context, double close) {
        var values = context.parameters();
        var nearest = close * (1 - values.number(stopDistance));
        var low = context.lowestLow(values.integer(stopLookback), context.newest());
        // A low of zero or less is no price to stop at.
        return low > 0 ? Math.min(low, nearest) : nearest;
    }

    private double extremeness(EvaluationContext context, double rsi) {
        var from = context.isCorrected() ? context.parameters().number(oversold) : PYTHON_EXTREMENESS_FROM;
        return Math.max(0, (from - rsi) / from);
    }
}
