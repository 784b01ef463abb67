package io.tabot.strategy;

import static io.tabot.strategy.StrategyDefinition.WINDOW_CANDLES;

import java.util.Optional;

/**
 * Reads accumulation and distribution from volume: much of it absorbed in a short candle, then a rising or a falling
 * trend of volume, while the closes hardly move.
 */
final class OrderFlowImbalance implements Strategy {
    private final ParameterSchema schema = new ParameterSchema();
    private final Parameter candlesMin = schema.candlesMin(20);
    private final Parameter window = schema.integer(
            "volume_window",
            10,
            2,
            WINDOW_CANDLES / 2,
            "candles",
            "the newest, searched for absorption; as many before them give the usual volume, support and resistance");
    private final Parameter skipped =
            schema.integer("confirmation_candles", 2, 1, 100, "candles", "the newest, too young to be the absorption");
    private final Parameter absorption = schema.number(
            "absorption_volume_multiplier",
            2.0,
            0,
            50,
            "times the usual volume",
            "the volume of the absorption must be above it");
    private final Parameter impactMax = schema.share(
            "price_impact_threshold", 0.02, "share of its low", "the absorbing candle must be shorter than this");
    private final Parameter trendPeriod = schema.integer(
            "volume_trend_period",
            5,
            1,
            WINDOW_CANDLES / 2,
            "candles",
            "the newest, whose mean volume is compared with that of as many before them");
    private final Parameter imbalance = schema.share(
            "imbalance_threshold",
            0.2,
            "share of the earlier volume",
            "recent volume must be more than this above it to buy, or below it to sell");
    private final Parameter calmPeriod = schema.period("consolidation_period", 10, "whose closes must lie together");
    private final Parameter calmMax = schema.share(
            "consolidation_threshold", 0.03, "share of the mean close", "those closes must span less than this");
    private final VolumeConfirmation volume = new VolumeConfirmation(schema, 1.5);
    private final Parameter rsiPeriod = schema.period("rsi_period", 14, "RSI period");
    private final Parameter rsiMin =
            schema.number("rsi_oversold", 30, 0, 100, "RSI points", "a sell with an RSI above it gets a boost");
    private final Parameter rsiMax =
            schema.number("rsi_overbought", 70, 0, 100, "RSI points", "a buy with an RSI below it gets a boost");
    private final Parameter confidenceBase = schema.share("base_confidence", 0.75, "share", "confidence before boosts");
    private final Parameter rsiBoost =
            schema.share("rsi_confidence_boost", 0.05, "share", "confidence added when the RSI leaves room");
    private final Parameter confidenceMax =
            schema.share("max_confidence", 0.95, "share", "upper limit of the confidence");
    private final Parameter stopDistance = schema.number(
            "stop_loss_distance", 0.01, 0, 0.5, "share of the level", "how far beyond the level the stop loss lies");
    private final Parameter reward = schema.reward(2.5);

    private final StrategyDefinition definition = new StrategyDefinition(
            "order_flow_imbalance",
            "Order Flow Imbalance",
            "Takes the side that seems to absorb volume in a calm market: buys on growing, sells on fading volume",
            StrategyDefinition.PETROSA,
            StrategyDefinition.Direction.BUY_AND_SELL,
            StrategyDefinition.ALL_TIMEFRAMES,
            20,
            schema);

    OrderFlowImbalance() {
        schema.ordered(skipped, window);
        schema.ordered(rsiMin, rsiMax);
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
        var newest = context.newest();
        var period = values.integer(trendPeriod);
        var recent = context.meanVolume(period, newest);
        var earlier = context.meanVolume(period, newest - period);
        if (recent > earlier * (1 + values.number(imbalance))) {
            return accumulation(context);
        }
        return recent < earlier * (1 - values.number(imbalance)) ? distribution(context) : Optional.empty();
    }

    private boolean hasCandles(EvaluationContext context) {
        var values = context.parameters();
        return context.length() >= values.integer(candlesMin)
                && context.length() >= 2 * values.integer(window)
                && context.length() >= 2 * values.integer(trendPeriod)
                && context.length() >= values.integer(calmPeriod);
    }

    private Optional<Decision> accumulation(EvaluationContext context) {
        var values = context.parameters();
        var support = context.lowestLow(values.integer(window), lastOfBase(context));
        if (!hasAbsorption(context, support, Double.POSITIVE_INFINITY) || !isCalm(context)) {
            return Optional.empty();
        }
        var entry = MarketEntry.buy(context, support * (1 - values.number(stopDistance)), values.number(reward));
        return decision(context, entry, "order_flow_accumulation", rsi(context) < values.number(rsiMax));
    }

    private Optional<Decision> distribution(EvaluationContext context) {
        var values = context.parameters();
        var resistance = context.highestHigh(values.integer(window), lastOfBase(context));
        if (!hasAbsorption(context, Double.NEGATIVE_INFINITY, resistance) || !isCalm(context)) {
            return Optional.empty();
        }
        var entry = MarketEntry.sell(context, resistance * (1 + values.number(stopDistance)), values.number(reward));
        return decision(context, entry, "order_flow_distribution", rsi(context) > values.number(rsiMin));
    }

    /** The newest candle of those that give the usual volume and the levels. */
    private int lastOfBase(EvaluationContext context) {
        return context.newest() - context.parameters().integer(window);
    }

    /** Whether a candle took much volume without going far, and closed between the two prices. */
    private boolean hasAbsorption(EvaluationContext context, double above, double below) {
        var values = context.parameters();
        var base = lastOfBase(context);
        var volumeMin = context.meanVolume(values.integer(window), base) * values.number(absorption);
        var last = context.newest() - values.integer(skipped);
        for (var i = base + 1; i <= last; i++) {
            if (context.volume(i) > volumeMin
                    && context.close(i) > above
                    && context.close(i) < below
                    && (context.high(i) - context.low(i)) / context.low(i) < values.number(impactMax)) {
                return true;
            }
        }
        return false;
    }

    private boolean isCalm(EvaluationContext context) {
        var values = context.parameters();
        var newest = context.newest();
        var period = values.integer(calmPeriod);
        var span = context.highestClose(period, newest) - context.lowestClose(period, newest);
        return span / context.meanClose(period, newest) < values.number(calmMax);
    }

    private double rsi(EvaluationContext context) {
        return context.rsi(context.parameters().integer(rsiPeriod))[context.newest()];
    }

    private Optional<Decision> decision(EvaluationContext context, MarketEntry entry, String type, boolean leavesRoom) {
        if (!volume.isThere(context)) {
            return Optional.empty();
        }
        var metadata = context.metadata()
                .with("rsi", rsi(context))
                .with("volume_ratio", volume.ratio(context))
                .with("signal_type", type)
                .with("order_flow_imbalance", true)
                .with("volume_confirmed", volume.isStrong(context))
                .with("rsi_confirmed", leavesRoom);
        return Optional.of(entry.decide(confidence(context, leavesRoom), metadata));
    }

    private double confidence(EvaluationContext context, boolean leavesRoom) {
        var values = context.parameters();
        var confidence = values.number(confidenceBase) + volume.boost(context);
        confidence += leavesRoom ? values.number(rsiBoost) : 0;
        return Math.min(values.number(confidenceMax), confidence);
    }
}
