package io.tabot.strategy;

import io.tabot.strategy.Decision.Action;
import java.util.Optional;

/** Buys when the MACD histogram turns positive in a trend, while the RSI is neither weak nor overbought. */
final class MomentumPulse implements Strategy {
    private final ParameterSchema schema = new ParameterSchema();
    private final Parameter candlesMin = schema.candlesMin(2, 2);
    private final Parameter macdFast =
            schema.integer("macd_fast", 12, 2, 149, "candles", "period of the fast average of the MACD");
    private final Parameter macdSlow =
            schema.integer("macd_slow", 26, 3, 150, "candles", "period of the slow average of the MACD");
    private final Parameter macdSignal =
            schema.integer("macd_signal", 9, 2, 100, "candles", "period of the signal line of the MACD");
    private final Parameter rsiPeriod = schema.period("rsi_period", 14, "RSI period");
    private final Parameter rsiMin =
            schema.number("rsi_oversold", 50, 0, 100, "RSI points", "an RSI below it is too weak to buy");
    private final Parameter rsiMax =
            schema.number("rsi_overbought", 65, 0, 100, "RSI points", "an RSI above it is too high to buy");
    private final Parameter adxPeriod = schema.period("adx_period", 14, "ADX period");
    private final Parameter adxMin =
            schema.number("adx_threshold", 20, 0, 100, "ADX points", "the ADX must be above it: there is a trend");
    private final Parameter emaFast = schema.period("ema_fast", 21, "period of the EMA that the close must top");
    private final Parameter emaSlow =
            schema.period("ema_slow", 50, "period of the EMA that the close must top; stop loss");
    private final Parameter confidence = schema.share("base_confidence", 0.74, "share", "confidence of every signal");
    private final Parameter reward = schema.reward(2.5);

    private final StrategyDefinition definition = new StrategyDefinition(
            "momentum_pulse",
            "Momentum Pulse",
            "Buys when momentum turns up inside a trend: the MACD histogram crosses zero with ADX and RSI in favour",
            StrategyDefinition.PETROSA,
            StrategyDefinition.Direction.BUY,
            StrategyDefinition.ALL_TIMEFRAMES,
            50,
            schema);

    MomentumPulse() {
        schema.ordered(macdFast, macdSlow);
        schema.ordered(rsiMin, rsiMax);
        schema.ordered(emaFast, emaSlow);
    }

    @Override
    public StrategyDefinition definition() {
        return definition;
    }

    @Override
    public Optional<Decision> evaluate(EvaluationContext context) {
        var values = context.parameters();
        if (context.length() < values.integer(candlesMin) || !turnsPositive(histogram(context), context.newest())) {
            return Optional.empty();
        }
        return isTrending(context) ? Optional.of(buy(context)) : Optional.empty();
    }

    private double[] histogram(EvaluationContext context) {
        var values = context.parameters();
        return context.macdHistogram(values.integer(macdFast), values.integer(macdSlow), values.integer(macdSignal));
    }

    private static boolean turnsPositive(double[] line, int newest) {
        return line[newest - 1] <= 0 && line[newest] > 0;
    }

    private boolean isTrending(EvaluationContext context) {
        var values = context.parameters();
        var newest = context.newest();
        var close = context.close(newest);
        var rsi = rsi(context);
        return values.number(rsiMin) <= rsi
                && rsi <= values.number(rsiMax)
                && context.adx(values.integer(adxPeriod))[newest] > values.number(adxMin)
                && close > context.ema(values.integer(emaFast))[newest]
                && close > context.ema(values.integer(emaSlow))[newest];
    }

    private double rsi(EvaluationContext context) {
        return context.rsi(context.parameters().integer(rsiPeriod))[context.newest()];
    }

    private Decision buy(EvaluationContext context) {
        var values = context.parameters();
        var newest = context.newest();
        var close = context.close(newest);
        var stopLoss = context.ema(values.integer(emaSlow))[newest];
        var takeProfit = close + values.number(reward) * Math.abs(close - stopLoss);
        var signalLine =
                context.macdSignal(values.integer(macdFast), values.integer(macdSlow), values.integer(macdSignal));
        return Decision.of(
                Action.BUY,
                values.number(confidence),
                close,
                stopLoss,
                takeProfit,
                context.metadata()
                        .with("macd_hist", histogram(context)[newest])
                        .with("macd_signal", signalLine[newest])
                        .with("rsi", rsi(context))
                        .with("volume", context.volume(newest))
                        .with("stop_loss", stopLoss)
                        .with("take_profit", takeProfit)
                        .with("risk_reward_ratio", values.number(reward)));
    }
}
