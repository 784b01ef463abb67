package io.tabot.strategy;

import static io.tabot.strategy.StrategyDefinition.WINDOW_CANDLES;

import io.tabot.strategy.Decision.Action;
import java.util.Optional;

/** Follows a candle that leaves the range of the candles before it on several times the usual volume. */
final class VolumeSurgeBreakout implements Strategy {
    private final ParameterSchema schema = new ParameterSchema();
    private final Parameter candlesMin = schema.candlesMin(25, 2);
    private final Parameter volumePeriod =
            schema.period("volume_sma_period", 20, "what is averaged as the usual volume");
    private final Parameter surge = schema.number(
            "volume_surge_multiplier", 3.0, 0, 50, "times the usual volume", "the volume must be above it");
    private final Parameter strongSurge = schema.number(
            "strong_volume_multiplier", 5.0, 0, 50, "times the usual volume", "above it, the boost is added once");
    private final Parameter extremeSurge = schema.number(
            "extreme_volume_multiplier", 7.0, 0, 50, "times the usual volume", "above it, the boost is added twice");
    private final Parameter levelPeriod = schema.integer(
            "level_lookback",
            19,
            1,
            WINDOW_CANDLES - 1,
            "candles",
            "those before the newest, whose extremes are resistance and support");
    private final Parameter tolerance = schema.share(
            "price_move_threshold",
            0.002,
            "share of the level",
            "how far the close may have fallen back behind the broken level");
    private final Parameter rsiPeriod = schema.period("rsi_period", 14, "RSI period");
    private final Parameter rsiMin =
            schema.number("rsi_oversold", 25, 0, 100, "RSI points", "an RSI below it: no signal");
    private final Parameter rsiMax =
            schema.number("rsi_overbought", 75, 0, 100, "RSI points", "an RSI above it: no signal");
    private final Parameter macdFast =
            schema.integer("macd_fast", 12, 2, 149, "candles", "period of the fast average of the MACD");
    private final Parameter macdSlow =
            schema.integer("macd_slow", 26, 3, 150, "candles", "period of the slow average of the MACD");
    private final Parameter macdSignal =
            schema.integer("macd_signal", 9, 2, 100, "candles", "period of the signal line of the MACD");
    private final Parameter confidenceBase = schema.share("base_confidence", 0.75, "share", "confidence before boosts");
    private final Parameter boost =
            schema.share("volume_confidence_boost", 0.05, "share", "confidence added for a strong surge");
    private final Parameter confidenceMax =
            schema.share("max_confidence", 0.95, "share", "upper limit of the confidence");
    private final Parameter stopDistance = schema.number(
            "stop_loss_distance", 0.02, 0, 0.5, "share of the level", "how far behind the level the stop loss lies");
    private final Parameter reward = schema.reward(2.5);

    private final StrategyDefinition definition = new StrategyDefinition(
            "volume_surge_breakout",
            "Volume Surge Breakout",
            "Follows a break of the recent range, up or down, that happens on several times the usual volume",
            StrategyDefinition.PETROSA,
            StrategyDefinition.Direction.BUY_AND_SELL,
            StrategyDefinition.ALL_TIMEFRAMES,
            34,
            schema);

    VolumeSurgeBreakout() {
        schema.ordered(strongSurge, extremeSurge);
        schema.ordered(rsiMin, rsiMax);
        schema.ordered(macdFast, macdSlow);
    }

    @Override
    public StrategyDefinition definition() {
        return definition;
    }

    @Override
    public Optional<Decision> evaluate(EvaluationContext context) {
        if (!hasCandles(context) || !surges(context) || !isRsiBetween(context)) {
            return Optional.empty();
        }
        var values = context.parameters();
        var newest = context.newest();
        var close = context.close(newest);
        var resistance = context.highestHigh(values.integer(levelPeriod), newest - 1);
        if (context.high(newest) > resistance && close > resistance * (1 - values.number(tolerance))) {
            return macdLead(context) > 0 ? Optional.of(buy(context, resistance)) : Optional.empty();
        }
        var support = context.lowestLow(values.integer(levelPeriod), newest - 1);
        if (context.low(newest) < support && close < support * (1 + values.number(tolerance))) {
            return allowsSell(context) ? Optional.of(sell(context, support)) : Optional.empty();
        }
        return Optional.empty();
    }

    private boolean hasCandles(EvaluationContext context) {
        var values = context.parameters();
        return context.length() >= values.integer(candlesMin) && context.length() > values.integer(levelPeriod);
    }

    private boolean surges(EvaluationContext context) {
        var average = usualVolume(context);
        return context.volume(context.newest()) > average * context.parameters().number(surge);
    }

    private boolean isRsiBetween(EvaluationContext context) {
        var rsi = rsi(context);
        return context.parameters().number(rsiMin) <= rsi
                && rsi <= context.parameters().number(rsiMax);
    }

    /** The original wants a rising MACD for a fall as well; that momentum points the wrong way. */
    private boolean allowsSell(EvaluationContext context) {
        return context.isCorrected() ? macdLead(context) < 0 : macdLead(context) > 0;
    }

    private double usualVolume(EvaluationContext context) {
        return context.volumeAverage(context.parameters().integer(volumePeriod), context.newest());
    }

    private double rsi(EvaluationContext context) {
        return context.rsi(context.parameters().integer(rsiPeriod))[context.newest()];
    }

    /** How far the MACD is above its signal line. */
    private double macdLead(EvaluationContext context) {
        var values = context.parameters();
        return context.macdHistogram(values.integer(macdFast), values.integer(macdSlow), values.integer(macdSignal))[
                context.newest()];
    }

    private Decision buy(EvaluationContext context, double resistance) {
        var values = context.parameters();
        var close = context.close(context.newest());
        var stopLoss = resistance * (1 - values.number(stopDistance));
        var takeProfit = close + values.number(reward) * Math.abs(close - stopLoss);
        return decision(context, Action.BUY, "resistance", stopLoss, takeProfit);
    }

    private Decision sell(EvaluationContext context, double support) {
        var values = context.parameters();
        var close = context.close(context.newest());
        var stopLoss = support * (1 + values.number(stopDistance));
        var takeProfit = close - values.number(reward) * Math.abs(close - stopLoss);
        return decision(context, Action.SELL, "support", stopLoss, takeProfit);
    }

    private Decision decision(
            EvaluationContext context, Action action, String level, double stopLoss, double takeProfit) {
        var values = context.parameters();
        var newest = context.newest();
        var ratio = context.volume(newest) / usualVolume(context);
        var fast = values.integer(macdFast);
        var slow = values.integer(macdSlow);
        var signal = values.integer(macdSignal);
        return Decision.of(
                action,
                confidence(values, ratio),
                context.close(newest),
                stopLoss,
                takeProfit,
                context.metadata()
                        .with("volume_ratio", ratio)
                        .with("rsi", rsi(context))
                        .with("macd", context.macd(fast, slow, signal)[newest])
                        .with("macd_signal", context.macdSignal(fast, slow, signal)[newest])
                        .with("breakout_type", level)
                        .with("volume_surge", true)
                        .with("stop_loss", stopLoss)
                        .with("take_profit", takeProfit)
                        .with("risk_reward_ratio", values.number(reward)));
    }

    private double confidence(ParameterValues values, double ratio) {
        var confidence = values.number(confidenceBase);
        confidence += ratio > values.number(strongSurge) ? values.number(boost) : 0;
        confidence += ratio > values.number(extremeSurge) ? values.number(boost) : 0;
        return Math.min(values.number(confidenceMax), confidence);
    }
}
