package io.tabot.strategy;

import static io.tabot.strategy.StrategyDefinition.WINDOW_CANDLES;

import java.util.Optional;

/** Buys a lower low that the RSI does not confirm: oversold, but less so than at the low before. */
final class DivergenceTrap implements Strategy {
    private static final int RSI_PERIOD = 14;

    private final ParameterSchema schema = new ParameterSchema();
    private final Parameter candlesMin = schema.candlesMin(30, 2);
    private final Parameter rsiPeriod = schema.period("rsi_period", RSI_PERIOD, 4, "RSI period");
    private final Parameter rsiMax =
            schema.number("rsi_oversold", 30, 0, 100, "RSI points", "the RSI must be below it");
    private final Parameter lookback = schema.integer(
            "price_lookback",
            4,
            1,
            WINDOW_CANDLES - RSI_PERIOD,
            "candles",
            "how far back the low and the RSI are that the newest are compared with");
    private final Parameter stopLookback = schema.integer(
            "stop_loss_lookback", 10, 1, WINDOW_CANDLES, "candles", "the stop loss lies below their low");
    private final Parameter confidence = schema.share("base_confidence", 0.66, "share", "confidence of every signal");
    private final Parameter stopDistance = schema.number(
            "stop_loss_distance", 0.01, 0, 0.5, "share of the low", "how far below the low the stop loss lies");
    private final Parameter reward = schema.reward(2.0);

    private final StrategyDefinition definition = new StrategyDefinition(
            "divergence_trap",
            "Divergence Trap",
            "Buys a bullish divergence: price makes a lower low while the oversold RSI is higher than before",
            StrategyDefinition.PETROSA,
            StrategyDefinition.Direction.BUY,
            StrategyDefinition.ALL_TIMEFRAMES,
            30,
            schema);

    DivergenceTrap() {
        schema.fitsWindow(rsiPeriod, lookback);
    }

    @Override
    public StrategyDefinition definition() {
        return definition;
    }

    @Override
    public Optional<Decision> evaluate(EvaluationContext context) {
        if (!hasCandles(context) || !risesFromALowerLow(context)) {
            return Optional.empty();
        }
        var values = context.parameters();
        var newest = context.newest();
        var line = context.rsi(values.integer(rsiPeriod));
        var rsi = line[newest];
        var diverges = rsi < values.number(rsiMax) && rsi > line[newest - values.integer(lookback)];
        return diverges ? Optional.of(buy(context, rsi)) : Optional.empty();
    }

    private boolean hasCandles(EvaluationContext context) {
        var values = context.parameters();
        return context.length() >= values.integer(candlesMin)
                && context.length() > values.integer(lookback)
                && context.length() >= values.integer(stopLookback);
    }

    private boolean risesFromALowerLow(EvaluationContext context) {
        var newest = context.newest();
        var earlier = newest - context.parameters().integer(lookback);
        return context.low(newest) < context.low(earlier) && context.close(newest) > context.close(newest - 1);
    }

    private Decision buy(EvaluationContext context, double rsi) {
        var values = context.parameters();
        var low = context.lowestLow(values.integer(stopLookback), context.newest());
        var stopLoss = low * (1 - values.number(stopDistance));
        var metadata = context.metadata()
                .with("rsi", rsi)
                .with("divergence_type", label(context))
                .with("oversold", true)
                .with("momentum", true);
        return MarketEntry.buy(context, stopLoss, values.number(reward)).decide(values.number(confidence), metadata);
    }

    /** A hidden divergence would be a higher low with a lower RSI. */
    private static String label(EvaluationContext context) {
        return context.isCorrected() ? "regular_bullish" : "hidden_bullish";
    }
}
