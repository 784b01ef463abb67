package io.tabot.strategy;

import static io.tabot.strategy.StrategyDefinition.WINDOW_CANDLES;

import java.util.Optional;

/**
 * Buys a burst out of quiet. The Python bot only asks for a wide candle at the end of rising closes; what was written
 * down, and what rule set corrected does, is a close above a narrow range on volume while volatility still falls.
 */
final class RangeBreakPop implements Strategy {
    private final ParameterSchema schema = new ParameterSchema();
    private final Parameter candlesMin = schema.candlesMin(20, 3);
    private final Parameter rangePeriod = schema.integer(
            "range_period",
            10,
            1,
            WINDOW_CANDLES - 1,
            "candles",
            "the stop loss lies below their low; under corrected, as many before the newest are the range");
    private final Parameter atrPeriod = schema.period("atr_period", 14, 1, "ATR period");
    private final Parameter wideness = schema.underPython(schema.number(
            "breakout_threshold",
            1.5,
            0,
            20,
            "times the ATR",
            "the newest candle must be longer than this from low to high"));
    private final Parameter rangeMax = schema.underCorrected(schema.share(
            "range_width_max", 0.025, "share of the low of the range", "the range must be narrower than this"));
    private final Parameter rsiPeriod = schema.underCorrected(schema.period("rsi_period", 14, "RSI period"));
    private final Parameter rsiMin =
            schema.underCorrected(schema.number("rsi_min", 45, 0, 100, "RSI points", "an RSI below it: no signal"));
    private final Parameter rsiMax =
            schema.underCorrected(schema.number("rsi_max", 55, 0, 100, "RSI points", "an RSI above it: no signal"));
    private final Parameter surge = schema.underCorrected(schema.number(
            "volume_multiplier_threshold",
            1.5,
            0,
            50,
            "times the mean volume of the range",
            "the volume must be above it"));
    private final Parameter confidence = schema.share("base_confidence", 0.68, "share", "confidence of every signal");
    private final Parameter stopDistance = schema.number(
            "stop_loss_distance", 0.01, 0, 0.5, "share of the low", "how far below the low the stop loss lies");
    private final Parameter reward = schema.reward(2.0);

    private final StrategyDefinition definition = new StrategyDefinition(
            "range_break_pop",
            "Range Break Pop",
            "Buys a burst out of quiet: a candle that is long for its time, or that leaves a narrow range on volume",
            StrategyDefinition.PETROSA,
            StrategyDefinition.Direction.BUY,
            StrategyDefinition.ALL_TIMEFRAMES,
            20,
            schema);

    RangeBreakPop() {
        schema.ordered(rsiMin, rsiMax);
    }

    @Override
    public StrategyDefinition definition() {
        return definition;
    }

    @Override
    public Optional<Decision> evaluate(EvaluationContext context) {
        var values = context.parameters();
        if (context.length() < values.integer(candlesMin) || context.length() <= values.integer(rangePeriod)) {
            return Optional.empty();
        }
        var fires = context.isCorrected() ? leavesNarrowRange(context) : isWideAndRising(context);
        return fires ? Optional.of(buy(context)) : Optional.empty();
    }

    private boolean isWideAndRising(EvaluationContext context) {
        return Closes.rise(context)
                && context.volume(context.newest()) > 0
                && length(context)
                        > atr(context, context.newest()) * context.parameters().number(wideness);
    }

    private boolean leavesNarrowRange(EvaluationContext context) {
        var values = context.parameters();
        var newest = context.newest();
        var highest = context.highestHigh(values.integer(rangePeriod), newest - 1);
        if (!(context.close(newest) > highest) || !surges(context)) {
            return false;
        }
        var lowest = context.lowestLow(values.integer(rangePeriod), newest - 1);
        return (highest - lowest) / lowest < values.number(rangeMax)
                && isRsiBetween(context)
                && atr(context, newest) < atr(context, newest - 1);
    }

    private boolean surges(EvaluationContext context) {
        var values = context.parameters();
        var newest = context.newest();
        var usual = context.meanVolume(values.integer(rangePeriod), newest - 1);
        return context.volume(newest) > usual * values.number(surge);
    }

    private boolean isRsiBetween(EvaluationContext context) {
        var values = context.parameters();
        var rsi = context.rsi(values.integer(rsiPeriod))[context.newest()];
        return values.number(rsiMin) <= rsi && rsi <= values.number(rsiMax);
    }

    private double atr(EvaluationContext context, int index) {
        return context.atr(context.parameters().integer(atrPeriod))[index];
    }

    /** From low to high of the newest candle. */
    private static double length(EvaluationContext context) {
        return context.high(context.newest()) - context.low(context.newest());
    }

    private Decision buy(EvaluationContext context) {
        var values = context.parameters();
        var newest = context.newest();
        var stopLoss = context.lowestLow(values.integer(rangePeriod), newest) * (1 - values.number(stopDistance));
        var metadata = context.metadata()
                .with("atr", atr(context, newest))
                .with("range_size", length(context))
                .with("volume", context.volume(newest))
                .with("momentum", Closes.rise(context));
        return MarketEntry.buy(context, stopLoss, values.number(reward)).decide(values.number(confidence), metadata);
    }
}
