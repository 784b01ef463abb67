package io.tabot.strategy;

import io.tabot.market.Timeframe;
import io.tabot.strategy.Decision.Action;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Joins a trend that the timeframes of four and sixteen times the length agree on, when a pullback against it turns.
 */
final class MultiTimeframeTrendContinuation implements Strategy {
    private static final Map<Timeframe, List<Timeframe>> HIGHER = Map.of(
            Timeframe.FIFTEEN_MINUTES, List.of(Timeframe.ONE_HOUR, Timeframe.FOUR_HOURS),
            Timeframe.THIRTY_MINUTES, List.of(Timeframe.TWO_HOURS, Timeframe.EIGHT_HOURS));

    /** The line that is read does not depend on it. */
    private static final int MACD_SIGNAL = 9;

    /** ADX counts to it. */
    private static final double ADX_MAX = 100;

    private final ParameterSchema schema = new ParameterSchema();
    private final Parameter candlesMin = schema.candlesMin(50);
    private final Parameter emaFast =
            schema.period("ema_period", 21, "period of the EMA that a pullback ends at; the fastest of a trend");
    private final Parameter emaMedium =
            schema.period("ema_medium", 50, "period of the EMA between the two others of a trend; stop loss");
    private final Parameter emaSlow =
            schema.period("ema_slow", 200, "period of the slowest EMA of a trend; fewer candles than this: no signal");
    private final Parameter macdFast =
            schema.integer("macd_fast", 12, 2, 149, "candles", "period of the fast average of the MACD");
    private final Parameter macdSlow =
            schema.integer("macd_slow", 26, 3, 150, "candles", "period of the slow average of the MACD");
    private final Parameter rsiPeriod = schema.period("rsi_period", 14, "RSI period");
    private final Parameter rsiLow =
            schema.number("rsi_oversold", 40, 0, 100, "RSI points", "below it, a pullback in an upward trend");
    private final Parameter rsiHigh =
            schema.number("rsi_overbought", 60, 0, 100, "RSI points", "above it, a pullback in a downward trend");
    private final Parameter tolerance = schema.share(
            "pullback_tolerance", 0.01, "share of the fast EMA", "the close must be nearer to the fast EMA than this");
    private final Parameter volumePeriod =
            schema.period("volume_sma_period", 20, "what is averaged as the usual volume");
    private final Parameter volumeFactor =
            schema.number("volume_multiplier", 1.2, 0, 50, "times the usual volume", "the volume must be above it");
    private final Parameter adxPeriod = schema.period("adx_period", 14, "period of the ADX");
    private final Parameter confidenceBase =
            schema.share("base_confidence", 0.75, "share", "confidence without any strength of the trend");
    private final Parameter boost = schema.share(
            "trend_confidence_boost", 0.1, "share", "confidence added for a trend of full strength, an ADX of 100");
    private final Parameter confidenceMax =
            schema.share("max_confidence", 0.95, "share", "upper limit of the confidence");
    private final Parameter reward = schema.reward(3.0);

    private final StrategyDefinition definition = new StrategyDefinition(
            "multi_timeframe_trend_continuation",
            "Multi Timeframe Trend Continuation",
            "Joins a trend of the two higher timeframes, up or down, when a pullback against it turns on volume",
            StrategyDefinition.PETROSA,
            StrategyDefinition.Direction.BUY_AND_SELL,
            HIGHER.keySet(),
            200,
            schema,
            HIGHER);

    MultiTimeframeTrendContinuation() {
        schema.ordered(emaFast, emaMedium);
        schema.ordered(emaMedium, emaSlow);
        schema.ordered(macdFast, macdSlow);
        schema.ordered(rsiLow, rsiHigh);
        schema.underCorrected();
    }

    @Override
    public StrategyDefinition definition() {
        return definition;
    }

    @Override
    public Optional<Decision> evaluate(EvaluationContext context) {
        // The original looks its indicators up where they never are, and stays silent.
        if (!context.isCorrected() || !hasCandles(context)) {
            return Optional.empty();
        }
        var values = context.parameters();
        var rsi = rsi(context);
        if (rsi < values.number(rsiLow)) {
            return turnsNearby(context) && macdStep(context) > 0 && trends(context, Action.BUY)
                    ? Optional.of(decision(context, Action.BUY))
                    : Optional.empty();
        }
        return rsi > values.number(rsiHigh)
                        && turnsNearby(context)
                        && macdStep(context) < 0
                        && trends(context, Action.SELL)
                ? Optional.of(decision(context, Action.SELL))
                : Optional.empty();
    }

    private boolean hasCandles(EvaluationContext context) {
        var values = context.parameters();
        return context.length() >= Math.max(values.integer(candlesMin), values.integer(emaSlow));
    }

    /** Close to the fast EMA, on volume. */
    private boolean turnsNearby(EvaluationContext context) {
        var values = context.parameters();
        var newest = context.newest();
        var average = context.volumeAverage(values.integer(volumePeriod), newest);
        if (!(context.volume(newest) / average > values.number(volumeFactor))) {
            return false;
        }
        var ema = ema(context, emaFast);
        return Math.abs(context.close(newest) - ema) / ema < values.number(tolerance);
    }

    private double macdStep(EvaluationContext context) {
        var macd = macd(context, context.parameters());
        return macd[context.newest()] - macd[context.newest() - 1];
    }

    private boolean trends(EvaluationContext context, Action action) {
        var timeframes = definition.higherTimeframes(context.timeframe());
        for (var i = 0; i < timeframes.size(); i++) {
            var higher = context.higher(timeframes.get(i));
            if (higher == null || !isTrend(higher, context.parameters(), action == Action.BUY ? 1 : -1)) {
                return false;
            }
        }
        return true;
    }

    /** Looks down as it looks up, with the other sign. */
    private boolean isTrend(HigherTimeframe higher, ParameterValues values, int sign) {
        var newest = higher.newest();
        var fast = sign * higher.ema(values.integer(emaFast))[newest];
        var medium = sign * higher.ema(values.integer(emaMedium))[newest];
        var slow = sign * higher.ema(values.integer(emaSlow))[newest];
        return fast > medium && medium > slow && sign * macd(higher, values)[newest] > 0;
    }

    private Decision decision(EvaluationContext context, Action action) {
        var values = context.parameters();
        var newest = context.newest();
        var close = context.close(newest);
        var side = action == Action.BUY ? "bullish" : "bearish";
        var stopLoss = ema(context, emaMedium);
        var distance = values.number(reward) * Math.abs(close - stopLoss);
        var takeProfit = action == Action.BUY ? close + distance : close - distance;
        var strength = context.adx(values.integer(adxPeriod))[newest] / ADX_MAX;
        return Decision.of(
                action,
                Math.min(values.number(confidenceMax), values.number(confidenceBase) + values.number(boost) * strength),
                close,
                stopLoss,
                takeProfit,
                context.metadata()
                        .with("trend_direction", side)
                        .with("trend_strength", strength)
                        .with("rsi", rsi(context))
                        .with("macd", macd(context, values)[newest])
                        .with("ema21", ema(context, emaFast))
                        .with("ema50", stopLoss)
                        .with("ema200", ema(context, emaSlow))
                        .with("signal_type", "trend_continuation_" + side)
                        .with("multi_timeframe", true)
                        .with("stop_loss", stopLoss)
                        .with("take_profit", takeProfit)
                        .with("risk_reward_ratio", values.number(reward)));
    }

    private double rsi(EvaluationContext context) {
        return context.rsi(context.parameters().integer(rsiPeriod))[context.newest()];
    }

    private static double ema(EvaluationContext context, Parameter period) {
        return context.ema(context.parameters().integer(period))[context.newest()];
    }

    private double[] macd(CandleAnalysis candles, ParameterValues values) {
        return candles.macd(values.integer(macdFast), values.integer(macdSlow), MACD_SIGNAL);
    }
}
