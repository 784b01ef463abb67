package io.tabot.strategy;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Buys above a candle that completes one of four setups around the slope of a fast average. */
final class EmaMomentumReversal implements Strategy {
    /** The setups under the names that the recordings have, which tell the original's reading of the second. */
    private enum Setup {
        SLOPE_REVERSAL("setup_9_1_slope_reversal", "quantzed_screening_13"),
        CAPITULATION("setup_9_2_capitulation", "quantzed_screening_14"),
        PATTERN_REVERSAL("setup_9_3_pattern_reversal", "quantzed_screening_15"),
        ADVANCED_REVERSAL("setup_9_4_advanced_reversal", "quantzed_screening_16");

        private final String id;
        private final String origin;

        Setup(String id, String origin) {
            this.id = id;
            this.origin = origin;
        }
    }

    private final ParameterSchema schema = new ParameterSchema();
    private final Parameter candlesMin = schema.candlesMin(60);
    private final Parameter period = schema.period("ema_fast", 9, 6, "period of the average");
    private final Parameter lookback2 = schema.integer(
            "setup_9_2_lookback", 5, 1, 50, "candles", "setup 9.2 looks at their lows and at the average's slopes");
    private final Parameter lowLookback3 =
            schema.integer("setup_9_3_low_lookback", 3, 1, 50, "candles", "setup 9.3 looks at their lows");
    private final Parameter slopeLookback3 = schema.integer(
            "setup_9_3_slope_lookback", 5, 1, 50, "candles", "setup 9.3 looks at the average's slopes over these");
    private final Parameter fallingMin3 = schema.underPython(schema.integer(
            "setup_9_3_falling_min", 3, 1, 50, "candles", "the average must have fallen with as many of these"));
    private final Parameter lookback4 = schema.underCorrected(
            schema.integer("setup_9_4_lookback", 5, 1, 50, "candles", "setup 9.4 wants their lows above the average"));
    private final Parameter confidence1 =
            schema.share("setup_9_1_confidence", 0.76, "share", "confidence of setup 9.1 before adjustment");
    private final Parameter confidence2 =
            schema.share("setup_9_2_confidence", 0.78, "share", "confidence of setup 9.2 before adjustment");
    private final Parameter confidence3 =
            schema.share("setup_9_3_confidence", 0.74, "share", "confidence of setup 9.3 before adjustment");
    private final Parameter confidence4 = schema.underCorrected(
            schema.share("setup_9_4_confidence", 0.8, "share", "confidence of setup 9.4 before adjustment"));
    private final Parameter momentumFactor = schema.number(
            "momentum_boost_factor",
            100,
            0,
            10_000,
            "share per unit of price; per share of the price when corrected",
            "confidence added for what the average has risen since the last candle");
    private final Parameter momentumMax =
            schema.share("momentum_boost_max", 0.05, "share", "most confidence that a rising average adds");
    private final Parameter distanceFactor = schema.number(
            "distance_penalty_factor",
            10,
            0,
            1000,
            "share per share of the average",
            "confidence taken away for the relative distance of the close from the average");
    private final Parameter distanceMax =
            schema.share("distance_penalty_max", 0.08, "share", "most confidence that the distance takes away");
    private final Parameter confidenceMin =
            schema.share("min_confidence", 0.6, "share", "lower limit of the confidence");
    private final Parameter confidenceMax =
            schema.share("max_confidence", 0.88, "share", "upper limit of the confidence");
    private final Parameter reward = schema.reward(2.0);

    private final StrategyDefinition definition = new StrategyDefinition(
            "ema_momentum_reversal",
            "Ema Momentum Reversal",
            "Buys a turn of a fast average, or a dip around it, in the four setups that are numbered 9.1 to 9.4",
            StrategyDefinition.QUANTZED,
            StrategyDefinition.Direction.BUY,
            StrategyDefinition.ALL_TIMEFRAMES,
            60,
            schema);

    EmaMomentumReversal() {
        schema.ordered(confidenceMin, confidenceMax);
        schema.notAbove(fallingMin3, slopeLookback3);
        schema.fitsWindow(period, lookback2);
        schema.fitsWindow(period, lowLookback3);
        schema.fitsWindow(period, slopeLookback3);
        // These lows begin at the candle before the newest.
        schema.fitsWindow(period, lookback4, 1);
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
        var average = context.emaAdjusted(context.parameters().integer(period));
        var setup = setup(context, average);
        return setup == null ? Optional.empty() : Optional.of(buy(context, average, setup));
    }

    /** The average has to be known as far back as any setup looks: "not above" must not mean "not known". */
    private boolean hasCandles(EvaluationContext context) {
        var values = context.parameters();
        var lows4 = context.isCorrected() ? values.integer(lookback4) + 1 : 0;
        var lows = Math.max(values.integer(lowLookback3), lows4);
        var slopes = Math.max(values.integer(lookback2), values.integer(slopeLookback3));
        return context.length() >= values.integer(candlesMin)
                && context.length() >= values.integer(period) + Math.max(2, Math.max(lows, slopes));
    }

    /** The first that matches. 9.4 is a special case of 9.1: tested after it, as in the original, it never matches. */
    private @Nullable Setup setup(EvaluationContext context, double[] average) {
        var newest = context.newest();
        if (average[newest] > average[newest - 1] && average[newest - 1] < average[newest - 2]) {
            if (context.isCorrected() && isAdvancedReversal(context, average)) {
                return Setup.ADVANCED_REVERSAL;
            }
            if (context.close(newest) > average[newest]) {
                return Setup.SLOPE_REVERSAL;
            }
        }
        if (isCapitulation(context, average)) {
            return Setup.CAPITULATION;
        }
        return isPatternReversal(context, average) ? Setup.PATTERN_REVERSAL : null;
    }

    /** A first close below an average that price had kept above, and a higher low after it. */
    private boolean isAdvancedReversal(EvaluationContext context, double[] average) {
        var newest = context.newest();
        var lows = context.parameters().integer(lookback4);
        return context.close(newest - 1) < average[newest - 1]
                && context.low(newest) > context.low(newest - 1)
                && LineComparison.lowsAbove(context, average, newest - 2, lows) == lows;
    }

    /** The source wants a dip above a rising average; the original has turned both conditions around. */
    private boolean isCapitulation(EvaluationContext context, double[] average) {
        var newest = context.newest();
        var candles = context.parameters().integer(lookback2);
        var wanted = context.isCorrected() ? candles : 0;
        return context.close(newest) < context.low(newest - 1)
                && LineComparison.lowsAbove(context, average, newest, candles) == wanted
                && LineComparison.rising(average, newest, candles) == wanted;
    }

    /** Two closes below the one before them: above the average in the source, not above it in the original. */
    private boolean isPatternReversal(EvaluationContext context, double[] average) {
        var values = context.parameters();
        var newest = context.newest();
        var first = context.close(newest - 2);
        if (!(context.close(newest - 1) < first && context.close(newest) < first)) {
            return false;
        }
        var lows = values.integer(lowLookback3);
        var slopes = values.integer(slopeLookback3);
        var isAbove = LineComparison.lowsAbove(context, average, newest, lows) == lows;
        return context.isCorrected()
                ? isAbove && LineComparison.rising(average, newest, slopes) < slopes
                : !isAbove && LineComparison.falling(average, newest, slopes) >= values.integer(fallingMin3);
    }

    private Decision buy(EvaluationContext context, double[] average, Setup setup) {
        var values = context.parameters();
        var newest = context.newest();
        var slope = average[newest] - average[newest - 1];
        var close = context.close(newest);
        var distance = Math.abs(close - average[newest]) / average[newest];
        // A slope in units of price says nothing by itself: it is always large at high prices, and never at low ones.
        var momentum = context.isCorrected() ? slope / close : slope;
        var entry = BreakoutEntry.above(context, values.number(reward));
        var metadata = entry.describe(context.metadata().with("setup_type", setup.id), values.number(reward))
                .with("ema9", average[newest])
                .with("ema9_momentum", slope)
                .with("price_distance_from_ema", distance)
                .with("current_slope", slope)
                .with("previous_slope", average[newest - 1] - average[newest - 2])
                .with("strategy_origin", setup.origin);
        return entry.decide(context, confidence(values, setup, momentum, distance), metadata);
    }

    private double confidence(ParameterValues values, Setup setup, double momentum, double distance) {
        var boost = momentum > 0 ? Math.min(values.number(momentumMax), momentum * values.number(momentumFactor)) : 0;
        var penalty = Math.min(values.number(distanceMax), distance * values.number(distanceFactor));
        var adjusted = base(values, setup) + boost - penalty;
        return Math.max(values.number(confidenceMin), Math.min(values.number(confidenceMax), adjusted));
    }

    private double base(ParameterValues values, Setup setup) {
        return values.number(
                switch (setup) {
                    case SLOPE_REVERSAL -> confidence1;
                    case CAPITULATION -> confidence2;
                    case PATTERN_REVERSAL -> confidence3;
                    case ADVANCED_REVERSAL -> confidence4;
                });
    }
}
