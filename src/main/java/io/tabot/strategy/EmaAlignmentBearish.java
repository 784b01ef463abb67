package io.tabot.strategy;

import io.tabot.strategy.Decision.Action;
import io.tabot.strategy.Decision.OrderType;
import io.tabot.strategy.Decision.Strength;
import java.util.Optional;

/** Sells at every close below a fast and a slow average that both keep falling. */
final class EmaAlignmentBearish implements Strategy {
    /** What the metadata tells of each average: its newest two changes. */
    private static final int CANDLES_TOLD = 3;

    private final ParameterSchema schema = new ParameterSchema();
    private final Parameter candlesMin = schema.candlesMin(125);
    private final Parameter fast = schema.period("ema_fast", 8, 2, "period of the fast average");
    private final Parameter slow = schema.period("ema_slow", 80, 2, "period of the slow average");
    private final Parameter falls = schema.integer(
            "falling_candles", 2, 1, 50, "candles", "on how many in a row both averages must have fallen");
    private final Parameter confidenceBase =
            schema.share("base_confidence", 0.60, "share", "confidence before what is added");
    private final Parameter fastFactor = schema.number(
            "fast_distance_boost_factor",
            10,
            0,
            1000,
            "share per share of the close",
            "confidence added for the distance of the close below the fast average");
    private final Parameter slowFactor = schema.number(
            "slow_distance_boost_factor",
            5,
            0,
            1000,
            "share per share of the close",
            "confidence added for the distance of the close below the slow average");
    private final Parameter slopeFactor = schema.number(
            "slope_boost_factor",
            20,
            0,
            1000,
            "share per share of the close",
            "confidence added for what both averages have moved since the last candle");
    private final Parameter confidenceMax =
            schema.share("max_confidence", 0.85, "share", "upper limit of the confidence");
    private final Parameter reward = schema.reward(1.5);

    private final StrategyDefinition definition = new StrategyDefinition(
            "ema_alignment_bearish",
            "Ema Alignment Bearish",
            "Sells while the close is below a fast and a slow average and both keep falling",
            StrategyDefinition.QUANTZED,
            StrategyDefinition.Direction.SELL,
            StrategyDefinition.ALL_TIMEFRAMES,
            125,
            schema);

    EmaAlignmentBearish() {
        schema.ordered(fast, slow);
        schema.fitsWindow(slow, falls);
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
        var close = context.close(context.newest());
        var fastLine = context.ema(values.integer(fast));
        if (!(close < fastLine[context.newest()] && keepsFalling(context, fastLine))) {
            return Optional.empty();
        }
        var slowLine = context.ema(values.integer(slow));
        var isAligned = close < slowLine[context.newest()] && keepsFalling(context, slowLine);
        return isAligned ? Optional.of(sell(context, fastLine, slowLine)) : Optional.empty();
    }

    private boolean hasCandles(EvaluationContext context) {
        var values = context.parameters();
        var read = Math.max(CANDLES_TOLD, values.integer(falls) + 1);
        return context.length() >= Math.max(values.integer(candlesMin), read);
    }

    private boolean keepsFalling(EvaluationContext context, double[] line) {
        var newest = context.newest();
        for (var i = newest; i > newest - context.parameters().integer(falls); i--) {
            if (!(line[i] < line[i - 1])) {
                return false;
            }
        }
        return true;
    }

    private Decision sell(EvaluationContext context, double[] fastLine, double[] slowLine) {
        var values = context.parameters();
        var newest = context.newest();
        var close = context.close(newest);
        var fastDistance = (fastLine[newest] - close) / close;
        var slowDistance = (slowLine[newest] - close) / close;
        var fastSlope = fastLine[newest] - fastLine[newest - 1];
        var slowSlope = slowLine[newest] - slowLine[newest - 1];
        var slope = (Math.abs(fastSlope) + Math.abs(slowSlope)) / close;
        var confidence = values.number(confidenceBase)
                + values.number(fastFactor) * fastDistance
                + values.number(slowFactor) * slowDistance
                + values.number(slopeFactor) * slope;
        var metadata = context.metadata()
                .with("ema8", fastLine[newest])
                .with("ema80", slowLine[newest])
                .with("ema8_slope_1", fastSlope)
                .with("ema8_slope_2", fastLine[newest - 1] - fastLine[newest - 2])
                .with("ema80_slope_1", slowSlope)
                .with("ema80_slope_2", slowLine[newest - 1] - slowLine[newest - 2])
                .with("price_distance_ema8", fastDistance)
                .with("price_distance_ema80", slowDistance)
                .with("ema_separation", Math.abs(fastLine[newest] - slowLine[newest]) / close)
                .with("risk_reward_ratio", values.number(reward))
                .with("pattern", "bearish_ema_alignment");
        return decision(context, Math.min(values.number(confidenceMax), confidence), fastLine[newest], metadata);
    }

    private Decision decision(EvaluationContext context, double confidence, double fastAverage, Metadata metadata) {
        var close = context.close(context.newest());
        var stopLoss = Math.max(fastAverage, context.high(context.newest()));
        var takeProfit = close - context.parameters().number(reward) * (stopLoss - close);
        return new Decision(
                Action.SELL,
                confidence,
                close,
                stopLoss,
                takeProfit,
                Strength.STRONG,
                OrderType.MARKET,
                metadata.values());
    }
}
