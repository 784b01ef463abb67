package io.tabot.strategy;

import static io.tabot.strategy.StrategyDefinition.LONG_WINDOW_CANDLES;

import io.tabot.strategy.Decision.Action;
import io.tabot.strategy.Decision.Strength;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Buys at every close in a long, orderly rise: averages in order, far above the low of a year of daily candles and near
 * its high. The original can't finish a signal, so this is silent under rule set python.
 */
final class MinerviniTrendTemplate implements Strategy {
    private static final int QUARTERS = 4;
    private static final int LOOKBACK_MAX = 60;

    /** A signal needs them all: the map tells consumers which they are. */
    private static final Map<String, Boolean> CRITERIA_MET = allMet(
            "uptrend_hierarchy",
            "trend_consistency",
            "long_term_uptrend",
            "short_term_strength",
            "recovery_from_base",
            "near_highs",
            "relative_strength");

    private final ParameterSchema schema = new ParameterSchema();
    private final Parameter candlesMin = schema.integer(
            "min_data_points", 265, 1, LONG_WINDOW_CANDLES, "candles", "fewer candles than this: no signal");
    private final Parameter shortPeriod = averagePeriod("sma_50_period", 50, "period of the short average");
    private final Parameter middlePeriod = averagePeriod("sma_150_period", 150, "period of the middle average");
    private final Parameter slowPeriod = averagePeriod("sma_200_period", 200, "period of the long average");
    private final Parameter slowLookback = schema.integer(
            "sma_200_trend_lookback",
            20,
            1,
            LOOKBACK_MAX,
            "candles",
            "the long average must be above where it was this long ago");
    private final Parameter rangePeriod =
            longPeriod("range_period", 260, "candles whose closes make the range of the year");
    private final Parameter riseMin = schema.number(
            "base_rise_min",
            1.30,
            1,
            10,
            "times the lowest close of the range",
            "the close must be at least this far up");
    private final Parameter highShareMin = schema.share(
            "high_share_min",
            0.75,
            "share of the highest close of the range",
            "the close may be no further down than this");
    private final Parameter quarter =
            schema.integer("rs_quarter", 63, 2, 75, "candles", "a quarter of the year of relative strength");
    private final Parameter newestWeight =
            schema.share("rs_newest_weight", 0.4, "share", "weight of the newest quarter in the relative strength");
    private final Parameter olderWeight = schema.share(
            "rs_older_weight", 0.2, "share", "weight of each of the three quarters before in the relative strength");
    private final Parameter strengthMin = schema.number(
            "rs_rating_min",
            70,
            0,
            1000,
            "percent",
            "the relative strength must be above it; an unchanged price has 100");
    private final Parameter strengthFull = schema.number(
            "rs_rating_full", 100, 0, 2000, "percent", "a relative strength of this adds its whole boost");
    private final Parameter confidenceBase =
            schema.share("base_confidence", 0.70, "share", "confidence before what is added");
    private final Parameter criteriaBoost =
            schema.share("criteria_confidence_boost", 0.10, "share", "confidence added since all criteria are met");
    private final Parameter strengthBoost =
            schema.share("rs_confidence_boost", 0.05, "share", "confidence added for a full relative strength");
    private final Parameter positionBoost =
            schema.share("position_confidence_boost", 0.05, "share", "confidence added for a close at the highest");
    private final Parameter confidenceMax =
            schema.share("max_confidence", 0.90, "share", "upper limit of the confidence");
    private final Parameter atrPeriod = longPeriod("atr_period", 14, "ATR period");
    private final Parameter stopDistance = schema.number(
            "stop_loss_atr_multiplier", 2, 0.1, 20, "times the ATR", "how far below the entry the stop loss lies");
    private final Parameter reward = schema.reward(2.0);

    private final StrategyDefinition definition = new StrategyDefinition(
            "minervini_trend_template",
            "Minervini Trend Template",
            "Buys a long rise with its averages in order, well above the low of the year and near its high",
            StrategyDefinition.QUANTZED,
            StrategyDefinition.Direction.BUY,
            StrategyDefinition.ALL_TIMEFRAMES,
            265,
            schema);

    MinerviniTrendTemplate() {
        schema.ordered(shortPeriod, middlePeriod);
        schema.ordered(middlePeriod, slowPeriod);
        schema.ordered(strengthMin, strengthFull);
        schema.underCorrected();
    }

    /** The long average is read so far back that its period must leave room in the window. */
    private Parameter averagePeriod(String name, int defaultValue, String description) {
        return schema.integer(name, defaultValue, 2, LONG_WINDOW_CANDLES - LOOKBACK_MAX, "candles", description);
    }

    private Parameter longPeriod(String name, int defaultValue, String description) {
        return schema.integer(name, defaultValue, 2, LONG_WINDOW_CANDLES, "candles", description);
    }

    @Override
    public StrategyDefinition definition() {
        return definition;
    }

    @Override
    public Optional<Decision> evaluate(EvaluationContext context) {
        if (!context.isCorrected() || !hasCandles(context) || !areAveragesInOrder(context)) {
            return Optional.empty();
        }
        var values = context.parameters();
        var newest = context.newest();
        var close = context.close(newest);
        var lowest = context.lowestClose(values.integer(rangePeriod), newest);
        if (!(close >= values.number(riseMin) * lowest && relativeStrength(context) > values.number(strengthMin))) {
            return Optional.empty();
        }
        var highest = context.highestClose(values.integer(rangePeriod), newest);
        var isNearHigh = close >= values.number(highShareMin) * highest;
        return isNearHigh ? Optional.of(buy(context, lowest, highest)) : Optional.empty();
    }

    private boolean hasCandles(EvaluationContext context) {
        var values = context.parameters();
        var read = Math.max(values.integer(rangePeriod), QUARTERS * values.integer(quarter));
        read = Math.max(read, values.integer(slowPeriod) + values.integer(slowLookback));
        return context.length() >= Math.max(values.integer(candlesMin), read);
    }

    /** Each average is added up only if the shorter ones have passed: no candle needs more than these four. */
    private boolean areAveragesInOrder(EvaluationContext context) {
        var values = context.parameters();
        var newest = context.newest();
        var shortAverage = context.meanClose(values.integer(shortPeriod), newest);
        if (!(context.close(newest) > shortAverage)) {
            return false;
        }
        var middleAverage = context.meanClose(values.integer(middlePeriod), newest);
        if (!(shortAverage > middleAverage)) {
            return false;
        }
        var slowAverage = context.meanClose(values.integer(slowPeriod), newest);
        return middleAverage > slowAverage
                && slowAverage > context.meanClose(values.integer(slowPeriod), newest - values.integer(slowLookback));
    }

    /** What the close has gained over each quarter of the year, weighted: not a rank among symbols. */
    private double relativeStrength(EvaluationContext context) {
        var values = context.parameters();
        var newest = context.newest();
        var close = context.close(newest);
        var length = values.integer(quarter);
        var sum = values.number(newestWeight) * (close / context.close(newest + 1 - length));
        for (var quarters = 2; quarters <= QUARTERS; quarters++) {
            sum += values.number(olderWeight) * (close / context.close(newest + 1 - quarters * length));
        }
        return 100 * sum;
    }

    private Decision buy(EvaluationContext context, double lowest, double highest) {
        var values = context.parameters();
        var newest = context.newest();
        var strength = relativeStrength(context);
        var position = highest > lowest ? (context.close(newest) - lowest) / (highest - lowest) : 1;
        var metadata = context.metadata()
                .with("sma50", context.meanClose(values.integer(shortPeriod), newest))
                .with("sma150", context.meanClose(values.integer(middlePeriod), newest))
                .with("sma200", context.meanClose(values.integer(slowPeriod), newest))
                .with("week_52_high", highest)
                .with("week_52_low", lowest)
                .with("rs_rating", strength)
                .put("criteria_met", CRITERIA_MET)
                .with("criteria_score", 1.0)
                .with("price_position_in_range", position)
                .with("risk_reward_ratio", values.number(reward))
                .with("pattern", "minervini_trend_template");
        return entry(context).decide(context, confidence(values, strength, position), Strength.STRONG, metadata);
    }

    private BreakoutEntry entry(EvaluationContext context) {
        var values = context.parameters();
        var high = context.high(context.newest());
        var atr = context.atr(values.integer(atrPeriod))[context.newest()];
        // Too few candles for an ATR of a long period: the newest candle's own range stands in.
        var distance = Double.isNaN(atr) ? CandleShape.range(context) : values.number(stopDistance) * atr;
        return new BreakoutEntry(Action.BUY, high, high - distance, high + values.number(reward) * distance);
    }

    private double confidence(ParameterValues values, double strength, double position) {
        var least = values.number(strengthMin);
        var excess = (strength - least) / (values.number(strengthFull) - least);
        var confidence = values.number(confidenceBase)
                + values.number(criteriaBoost)
                + values.number(strengthBoost) * Math.min(1, excess)
                + values.number(positionBoost) * position;
        return Math.min(values.number(confidenceMax), confidence);
    }

    private static Map<String, Boolean> allMet(String... criteria) {
        var met = new LinkedHashMap<String, Boolean>();
        for (var criterion : criteria) {
            met.put(criterion, true);
        }
        return Collections.unmodifiableMap(met);
    }
}
