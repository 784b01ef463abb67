package io.tabot.strategy;

import java.util.Optional;

/**
 * Trades the rejection of a grab: on high volume a recent candle reached beyond the extremes of those before, fell
 * back within itself, and the closes after it stayed on the inner side.
 */
final class LiquidityGrabReversal implements Strategy {
    private final ParameterSchema schema = new ParameterSchema();
    private final Parameter candlesMin = schema.candlesMin(30);
    private final Parameter levelPeriod = schema.integer(
            "lookback_periods", 15, 1, 200, "candles", "those whose extremes are support and resistance");
    private final Parameter recent = schema.integer(
            "grab_window",
            5,
            2,
            50,
            "candles",
            "the newest ones, after the levels, among which the grab is looked for");
    private final Parameter confirmation = schema.integer(
            "confirmation_candles", 2, 1, 49, "candles", "closes after the grab that must be back inside the level");
    private final Parameter tolerance =
            schema.share("level_tolerance", 0.005, "share of the level", "how near to the level the wick must come");
    private final Parameter rejection = schema.share(
            "price_rejection_threshold",
            0.3,
            "share of the candle",
            "the close must be further than this from the wick's end");
    private final Parameter surge = schema.number(
            "volume_spike_multiplier",
            1.5,
            0,
            50,
            "times the mean volume of the levels",
            "the volume of the grab must be above it");
    private final VolumeConfirmation volume = new VolumeConfirmation(schema, 2.0);
    private final Parameter rsiPeriod = schema.period("rsi_period", 14, 4, "RSI period");
    private final Parameter divergenceLookback = schema.integer(
            "divergence_lookback", 4, 1, 200, "candles", "how far back close and RSI are compared for a divergence");
    private final Parameter confidenceBase = schema.share("base_confidence", 0.75, "share", "confidence before boosts");
    private final Parameter divergenceBoost =
            schema.share("divergence_confidence_boost", 0.05, "share", "confidence added for a divergence of the RSI");
    private final Parameter confidenceMax =
            schema.share("max_confidence", 0.95, "share", "upper limit of the confidence");
    private final Parameter stopDistance = schema.number(
            "stop_loss_distance", 0.005, 0, 0.5, "share of the level", "how far beyond the level the stop loss lies");
    private final Parameter reward = schema.reward(2.0);

    private final StrategyDefinition definition = new StrategyDefinition(
            "liquidity_grab_reversal",
            "Liquidity Grab Reversal",
            "Trades against a spike to recent support or resistance on high volume that price has come back from",
            StrategyDefinition.PETROSA,
            StrategyDefinition.Direction.BUY_AND_SELL,
            StrategyDefinition.ALL_TIMEFRAMES,
            30,
            schema);

    LiquidityGrabReversal() {
        schema.ordered(confirmation, recent);
        schema.fitsWindow(rsiPeriod, divergenceLookback);
    }

    @Override
    public StrategyDefinition definition() {
        return definition;
    }

    @Override
    public Optional<Decision> evaluate(EvaluationContext context) {
        if (!hasCandles(context)) {
            return Optional.empty();
        }
        var values = context.parameters();
        var last = context.newest() - values.integer(recent);
        var volumeMin = context.meanVolume(values.integer(levelPeriod), last) * values.number(surge);
        if (!hasSpike(context, volumeMin)) {
            return Optional.empty();
        }
        var support = context.lowestLow(values.integer(levelPeriod), last);
        if (grabsBelow(context, support, volumeMin)) {
            return buy(context, support);
        }
        var resistance = context.highestHigh(values.integer(levelPeriod), last);
        return grabsAbove(context, resistance, volumeMin) ? sell(context, resistance) : Optional.empty();
    }

    private boolean hasCandles(EvaluationContext context) {
        var values = context.parameters();
        return context.length() >= values.integer(candlesMin)
                && context.length() >= values.integer(levelPeriod) + values.integer(recent)
                && context.length() > values.integer(divergenceLookback);
    }

    private int firstCandidate(EvaluationContext context) {
        return context.length() - context.parameters().integer(recent);
    }

    private int lastCandidate(EvaluationContext context) {
        return context.newest() - context.parameters().integer(confirmation);
    }

    private boolean hasSpike(EvaluationContext context, double volumeMin) {
        var last = lastCandidate(context);
        for (var i = firstCandidate(context); i <= last; i++) {
            if (context.volume(i) > volumeMin) {
                return true;
            }
        }
        return false;
    }

    private boolean grabsBelow(EvaluationContext context, double support, double volumeMin) {
        var reach = support * (1 + context.parameters().number(tolerance));
        var last = lastCandidate(context);
        for (var i = firstCandidate(context); i <= last; i++) {
            if (context.volume(i) > volumeMin
                    && context.low(i) <= reach
                    && context.close(i) > context.open(i)
                    && isRejected(context, i, context.close(i) - context.low(i))
                    && staysAbove(context, i, support)) {
                return true;
            }
        }
        return false;
    }

    private boolean grabsAbove(EvaluationContext context, double resistance, double volumeMin) {
        var reach = resistance * (1 - context.parameters().number(tolerance));
        var last = lastCandidate(context);
        for (var i = firstCandidate(context); i <= last; i++) {
            if (context.volume(i) > volumeMin
                    && context.high(i) >= reach
                    && context.close(i) < context.open(i)
                    && isRejected(context, i, context.high(i) - context.close(i))
                    && staysBelow(context, i, resistance)) {
                return true;
            }
        }
        return false;
    }

    private boolean isRejected(EvaluationContext context, int index, double wayBack) {
        var length = context.high(index) - context.low(index);
        return wayBack / length > context.parameters().number(rejection);
    }

    private boolean staysAbove(EvaluationContext context, int index, double support) {
        var count = context.parameters().integer(confirmation);
        return context.lowestClose(count, index + count) > support;
    }

    private boolean staysBelow(EvaluationContext context, int index, double resistance) {
        var count = context.parameters().integer(confirmation);
        return context.highestClose(count, index + count) < resistance;
    }

    private Optional<Decision> buy(EvaluationContext context, double support) {
        var values = context.parameters();
        var stopLoss = support * (1 - values.number(stopDistance));
        var diverges = closeChange(context) < 0 && rsiChange(context) > 0;
        return decision(
                context, MarketEntry.buy(context, stopLoss, values.number(reward)), "liquidity_grab_bullish", diverges);
    }

    private Optional<Decision> sell(EvaluationContext context, double resistance) {
        var values = context.parameters();
        var stopLoss = resistance * (1 + values.number(stopDistance));
        var diverges = closeChange(context) > 0 && rsiChange(context) < 0;
        return decision(
                context,
                MarketEntry.sell(context, stopLoss, values.number(reward)),
                "liquidity_grab_bearish",
                diverges);
    }

    private double closeChange(EvaluationContext context) {
        var newest = context.newest();
        return context.close(newest)
                - context.close(newest - context.parameters().integer(divergenceLookback));
    }

    private double rsiChange(EvaluationContext context) {
        var values = context.parameters();
        var newest = context.newest();
        var line = context.rsi(values.integer(rsiPeriod));
        return line[newest] - line[newest - values.integer(divergenceLookback)];
    }

    private Optional<Decision> decision(EvaluationContext context, MarketEntry entry, String type, boolean diverges) {
        if (!volume.isThere(context)) {
            return Optional.empty();
        }
        var rsi = context.rsi(context.parameters().integer(rsiPeriod))[context.newest()];
        var metadata = context.metadata()
                .with("rsi", rsi)
                .with("volume_ratio", volume.ratio(context))
                .with("signal_type", type)
                .with("liquidity_grab", true)
                .with("rsi_divergence", diverges);
        return Optional.of(entry.decide(confidence(context, diverges), metadata));
    }

    private double confidence(EvaluationContext context, boolean diverges) {
        var values = context.parameters();
        var confidence = values.number(confidenceBase) + volume.boost(context);
        confidence += diverges ? values.number(divergenceBoost) : 0;
        return Math.min(values.number(confidenceMax), confidence);
    }
}
