package io.tabot.strategy;

import java.util.Optional;

/** Follows a close outside the Ichimoku cloud if the cloud's spans or a fresh cross of its lines point the same way. */
final class IchimokuCloudMomentum implements Strategy {
    private final ParameterSchema schema = new ParameterSchema();
    private final Parameter candlesMin = schema.candlesMin(52);
    private final Parameter tenkanPeriod =
            schema.integer("tenkan_period", 9, 1, 98, "candles", "period of the conversion line");
    private final Parameter kijunPeriod =
            schema.integer("kijun_period", 26, 2, 99, "candles", "period of the base line; stop loss");
    private final Parameter senkouPeriod =
            schema.integer("senkou_b_period", 52, 3, 150, "candles", "period of the slow span of the cloud");
    private final Parameter displacement =
            schema.integer("displacement", 26, 1, 100, "candles", "how far back the cloud and the lagging span look");
    private final VolumeConfirmation volume = new VolumeConfirmation(schema, 1.5);
    private final Parameter confidenceBase =
            schema.share("base_confidence", 0.7, "share", "confidence before the boost");
    private final Parameter confidenceMax =
            schema.share("max_confidence", 0.9, "share", "upper limit of the confidence");
    private final Parameter reward = schema.reward(2.0);

    private final StrategyDefinition definition = new StrategyDefinition(
            "ichimoku_cloud_momentum",
            "Ichimoku Cloud Momentum",
            "Follows a close outside the Ichimoku cloud that the spans or a cross of the lines confirm",
            StrategyDefinition.PETROSA,
            StrategyDefinition.Direction.BUY_AND_SELL,
            StrategyDefinition.ALL_TIMEFRAMES,
            78,
            schema);

    IchimokuCloudMomentum() {
        schema.ordered(tenkanPeriod, kijunPeriod);
        schema.ordered(kijunPeriod, senkouPeriod);
    }

    @Override
    public StrategyDefinition definition() {
        return definition;
    }

    @Override
    public Optional<Decision> evaluate(EvaluationContext context) {
        if (context.length() < context.parameters().integer(candlesMin)) {
            return Optional.empty();
        }
        var close = context.close(context.newest());
        var fast = fastSpan(context);
        if (close > fast) {
            var slow = slowSpan(context);
            var fires = close > slow && (fast > slow || crossesUp(context));
            return fires ? decision(context, true, fast, slow) : Optional.empty();
        }
        if (close < fast) {
            var slow = slowSpan(context);
            var fires = close < slow && (fast < slow || crossesDown(context));
            return fires ? decision(context, false, fast, slow) : Optional.empty();
        }
        return Optional.empty();
    }

    /** The edge of the cloud that follows price quickly. It is drawn ahead: today's was known a displacement ago. */
    private double fastSpan(EvaluationContext context) {
        var then = context.newest() - context.parameters().integer(displacement);
        return (tenkan(context, then) + kijun(context, then)) / 2;
    }

    private double slowSpan(EvaluationContext context) {
        var values = context.parameters();
        return context.midpoint(values.integer(senkouPeriod), context.newest() - values.integer(displacement));
    }

    private double tenkan(EvaluationContext context, int index) {
        return context.midpoint(context.parameters().integer(tenkanPeriod), index);
    }

    private double kijun(EvaluationContext context, int index) {
        return context.midpoint(context.parameters().integer(kijunPeriod), index);
    }

    private boolean crossesUp(EvaluationContext context) {
        var newest = context.newest();
        return tenkan(context, newest) > kijun(context, newest)
                && tenkan(context, newest - 1) <= kijun(context, newest - 1);
    }

    private boolean crossesDown(EvaluationContext context) {
        var newest = context.newest();
        return tenkan(context, newest) < kijun(context, newest)
                && tenkan(context, newest - 1) >= kijun(context, newest - 1);
    }

    private Optional<Decision> decision(EvaluationContext context, boolean isBullish, double fast, double slow) {
        if (!volume.isThere(context)) {
            return Optional.empty();
        }
        var values = context.parameters();
        var newest = context.newest();
        var kijun = kijun(context, newest);
        var metadata = context.metadata()
                .with("tenkan_sen", tenkan(context, newest))
                .with("kijun_sen", kijun)
                .with("senkou_span_a", fast)
                .with("senkou_span_b", slow)
                .with("chikou_span", laggingSpan(context))
                .with("signal_type", isBullish ? "bullish_ichimoku" : "bearish_ichimoku")
                .with("ichimoku_momentum", true);
        var entry = isBullish
                ? MarketEntry.buy(context, kijun, values.number(reward))
                : MarketEntry.sell(context, kijun, values.number(reward));
        return Optional.of(entry.decide(confidence(context), metadata));
    }

    /** The original asks for a close of the future, which is never there. */
    private double laggingSpan(EvaluationContext context) {
        var newest = context.newest();
        var then = newest - context.parameters().integer(displacement);
        return context.isCorrected() ? context.close(newest) - context.close(then) : Double.NaN;
    }

    private double confidence(EvaluationContext context) {
        var values = context.parameters();
        return Math.min(values.number(confidenceMax), values.number(confidenceBase) + volume.boost(context));
    }
}
