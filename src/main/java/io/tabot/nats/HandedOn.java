package io.tabot.nats;

import io.tabot.market.Candle;
import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The candles of each series that were handed on and dealt with, so that a notice leads to what is new, corrected or
 * came late. Of a series never heard of that is the newest candle, and those before it that closed a short time ago.
 * Forgetting is safe: a candle that is handed on again is recognised by its actor.
 */
final class HandedOn {
    /** More than a reading of the history has. */
    private static final int KEPT_MAX = 600;

    private record Key(Symbol symbol, Timeframe timeframe) {}

    private static final class Known {
        private final TreeMap<Long, Candle> candles = new TreeMap<>();
        private long first;

        private Known(long first) {
            this.first = first;
        }
    }

    private final Map<Key, Known> series = new HashMap<>();

    /**
     * Those of the closed candles that are to be handed on, oldest first.
     *
     * @param recent how late a candle of a series never heard of may have closed to be handed on
     */
    synchronized List<Candle> missing(Symbol symbol, Timeframe timeframe, List<Candle> closed, long recent) {
        if (closed.isEmpty()) {
            return List.of();
        }
        var sorted = closed.stream()
                .sorted(Comparator.comparingLong(Candle::openTime))
                .toList();
        var known =
                series.computeIfAbsent(new Key(symbol, timeframe), key -> new Known(first(timeframe, sorted, recent)));
        return sorted.stream()
                .filter(candle -> candle.openTime() >= known.first)
                .filter(candle -> !candle.equals(known.candles.get(candle.openTime())))
                .toList();
    }

    synchronized void add(Symbol symbol, Timeframe timeframe, Candle candle) {
        var known = series.get(new Key(symbol, timeframe));
        if (known == null) {
            return;
        }
        known.candles.put(candle.openTime(), candle);
        if (known.candles.size() > KEPT_MAX) {
            known.first = Math.max(known.first, known.candles.pollFirstEntry().getKey() + 1);
        }
    }

    private static long first(Timeframe timeframe, List<Candle> sorted, long recent) {
        return sorted.stream()
                .mapToLong(Candle::openTime)
                .filter(openTime -> timeframe.closeTime(openTime) >= recent)
                .findFirst()
                .orElse(sorted.getLast().openTime());
    }
}
