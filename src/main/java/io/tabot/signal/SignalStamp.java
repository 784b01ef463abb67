package io.tabot.signal;

import io.tabot.config.EffectiveConfig;
import io.tabot.config.EffectiveConfig.ActiveStrategy;
import io.tabot.market.CandleSeries;
import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import io.tabot.strategy.Decision;
import io.tabot.strategy.EvaluationContext;
import io.tabot.strategy.Metadata;
import io.tabot.strategy.StrategyDefinition;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes signals of the decisions on one candle: adds what they were decided on, so that they can be explained and
 * recomputed.
 */
final class SignalStamp {
    /** The metadata names that are ours, in their order; no strategy uses them. */
    static final List<String> NAMES = List.of(
            "open_time",
            "close_time",
            "window",
            "window_hash",
            "config_revision",
            "parameters_hash",
            "rule_set",
            "limits");

    private final String environment;
    private final Symbol symbol;
    private final EvaluationContext context;
    private final EffectiveConfig config;
    private final String openText;
    private final String closeText;
    private final Map<String, @Nullable Object> limits;
    private @Nullable String windowHash;
    private @Nullable String longWindowHash;

    SignalStamp(String environment, Symbol symbol, EvaluationContext context, EffectiveConfig config) {
        this.environment = environment;
        this.symbol = symbol;
        this.context = context;
        this.config = config;
        var openTime = context.candles().openTime(context.newest());
        this.openText = Instant.ofEpochMilli(openTime).toString();
        this.closeText =
                Instant.ofEpochMilli(context.timeframe().closeTime(openTime)).toString();
        this.limits = limits(config.limits());
    }

    /** The signal of the strategy that the context was last turned to. */
    Signal signal(ActiveStrategy active, Decision decision) {
        var id = active.strategy().definition().id();
        var timeframe = context.timeframe();
        var openTime = context.candles().openTime(context.newest());
        return new Signal(
                id,
                symbol,
                timeframe,
                openTime,
                timeframe.closeTime(openTime),
                decision.action(),
                decision.confidence(),
                context.close(context.newest()),
                decision.price(),
                decision.strength(),
                decision.orderType(),
                finiteOrNull(decision.stopLoss()),
                finiteOrNull(decision.takeProfit()),
                metadata(active, decision),
                SignalIdentity.intentId(environment, id, symbol.name(), timeframe.id(), openTime));
    }

    private Map<String, @Nullable Object> metadata(ActiveStrategy active, Decision decision) {
        var metadata = new Metadata(decision.metadata().size() + NAMES.size());
        decision.metadata().forEach((name, value) -> metadata.put(name, isUndefined(value) ? null : value));
        return metadata.put("open_time", openText)
                .put("close_time", closeText)
                .put("window", context.length())
                .put("window_hash", windowHash(active.strategy().definition()))
                .put("config_revision", config.revision())
                .put("parameters_hash", active.parametersHash())
                .put("rule_set", config.ruleSet().id())
                .put("limits", limits)
                .values();
    }

    /** Once per view, however many strategies fire on it. */
    private String windowHash(StrategyDefinition definition) {
        var higher = definition.higherTimeframes(context.timeframe());
        if (!higher.isEmpty()) {
            return SignalIdentity.windowHash(withHigher(higher));
        }
        if (definition.readsLongWindow()) {
            longWindowHash = longWindowHash == null ? hashOfCandles() : longWindowHash;
            return longWindowHash;
        }
        windowHash = windowHash == null ? hashOfCandles() : windowHash;
        return windowHash;
    }

    private String hashOfCandles() {
        return SignalIdentity.windowHash(context.timeframe(), context.candles());
    }

    private Map<Timeframe, CandleSeries> withHigher(List<Timeframe> timeframes) {
        var series = new EnumMap<Timeframe, CandleSeries>(Timeframe.class);
        series.put(context.timeframe(), context.candles());
        for (var timeframe : timeframes) {
            var higher = context.higher(timeframe);
            if (higher != null) {
                series.put(timeframe, higher.candles());
            }
        }
        return series;
    }

    private static Map<String, @Nullable Object> limits(EffectiveConfig.Limits limits) {
        var map = new LinkedHashMap<String, @Nullable Object>();
        map.put("max_positions", limits.maxPositions());
        map.put("position_sizes", limits.positionSizes());
        return map;
    }

    private static @Nullable Double finiteOrNull(@Nullable Double value) {
        return isUndefined(value) ? null : value;
    }

    /** NaN and infinity, which JSON has no word for but null. */
    private static boolean isUndefined(@Nullable Object value) {
        return value instanceof Double number && !Double.isFinite(number);
    }
}
