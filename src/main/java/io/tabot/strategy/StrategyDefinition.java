package io.tabot.strategy;

import io.tabot.market.Timeframe;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the catalog tells about a strategy.
 *
 * @param id the name in routes, subjects and signals; it never changes
 * @param timeframes those on which the rule may fire
 * @param candlesMin the window length below which the rule can't fire with default parameters
 * @param higherTimeframes for each timeframe the higher ones that the rule reads there, the lowest first; no parameter,
 *     since a node has to know which candles to take in
 */
public record StrategyDefinition(
        String id,
        String name,
        String description,
        String category,
        Direction direction,
        Set<Timeframe> timeframes,
        int candlesMin,
        ParameterSchema schema,
        Map<Timeframe, List<Timeframe>> higherTimeframes) {
    /** Candles in the window that nearly every strategy reads, and so the longest period a parameter may ask for. */
    public static final int WINDOW_CANDLES = 250;

    /** Candles in the window of the few strategies that need more than that. */
    public static final int LONG_WINDOW_CANDLES = 300;

    /** The category of the original bot's own strategies. */
    public static final String PETROSA = "Petrosa Original";

    /** The category of those that were adapted from the Quantzed screenings. */
    public static final String QUANTZED = "Quantzed-Adapted";

    public static final Set<Timeframe> ALL_TIMEFRAMES = Collections.unmodifiableSet(EnumSet.allOf(Timeframe.class));

    /** Which sides a strategy can take. */
    public enum Direction {
        BUY,
        SELL,
        BUY_AND_SELL,
        /** Alerts only: says hold, never buy or sell. */
        HOLD
    }

    public StrategyDefinition {
        var copy = EnumSet.noneOf(Timeframe.class);
        copy.addAll(timeframes);
        timeframes = Collections.unmodifiableSet(copy);
        var higher = new EnumMap<Timeframe, List<Timeframe>>(Timeframe.class);
        higherTimeframes.forEach((base, read) -> higher.put(base, List.copyOf(read)));
        higherTimeframes = Collections.unmodifiableMap(higher);
    }

    /** A strategy that reads no timeframe but its own, as nearly all. */
    public StrategyDefinition(
            String id,
            String name,
            String description,
            String category,
            Direction direction,
            Set<Timeframe> timeframes,
            int candlesMin,
            ParameterSchema schema) {
        this(id, name, description, category, direction, timeframes, candlesMin, schema, Map.of());
    }

    /** The higher timeframes that the rule reads when it runs on this one, the lowest first. */
    public List<Timeframe> higherTimeframes(Timeframe base) {
        return higherTimeframes.getOrDefault(base, List.of());
    }

    /** Whether the rule needs more candles than the window has: then it reads the long one. */
    public boolean readsLongWindow() {
        return candlesMin > WINDOW_CANDLES;
    }
}
