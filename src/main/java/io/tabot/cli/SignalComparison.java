package io.tabot.cli;

import io.tabot.signal.SignalDifferences;
import io.tabot.signal.SignalDifferences.Difference;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Two sides of signals, candle by candle. */
final class SignalComparison {
    /** What is not the same. */
    sealed interface Finding {
        CandleKey key();

        /** The first side has it alone. */
        record Missing(CandleKey key) implements Finding {}

        /** The second side has it alone. */
        record Extra(CandleKey key) implements Finding {}

        record Different(CandleKey key, List<Difference> fields) implements Finding {}
    }

    /** Of one strategy. */
    static final class Count {
        private int equal;
        private int missing;
        private int extra;
        private int different;

        int first() {
            return equal + different + missing;
        }

        int second() {
            return equal + different + extra;
        }

        int equal() {
            return equal;
        }

        int missing() {
            return missing;
        }

        int extra() {
            return extra;
        }

        int different() {
            return different;
        }
    }

    private final Map<String, Count> counts = new TreeMap<>();
    private final List<Finding> findings = new ArrayList<>();

    /** @param isWanted which candles are compared at all */
    static SignalComparison of(
            SignalSide first, SignalSide second, Predicate<CandleKey> isWanted, SignalDifferences differences) {
        var comparison = new SignalComparison();
        var keys = new TreeSet<>(first.signals().keySet());
        keys.addAll(second.signals().keySet());
        keys.stream().filter(isWanted).forEach(key -> comparison.compare(key, first, second, differences));
        return comparison;
    }

    /** Candles of the stretches of time, series by series, for which both sides have signals. */
    static Predicate<CandleKey> overlap(SignalSide first, SignalSide second) {
        var begins = new HashMap<String, Instant>();
        var ends = new HashMap<String, Instant>();
        var firsts = bounds(first.signals());
        bounds(second.signals()).forEach((series, bounds) -> {
            var others = firsts.get(series);
            if (others != null) {
                begins.put(series, later(bounds.getFirst(), others.getFirst()));
                ends.put(series, bounds.getLast().isBefore(others.getLast()) ? bounds.getLast() : others.getLast());
            }
        });
        return key -> begins.containsKey(key.series())
                && !key.openTime().isBefore(begins.get(key.series()))
                && !key.openTime().isAfter(ends.get(key.series()));
    }

    /** By strategy. */
    Map<String, Count> counts() {
        return counts;
    }

    /** In the order of candles. */
    List<Finding> findings() {
        return findings;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Map<String, List<Instant>> bounds(NavigableMap<CandleKey, byte[]> signals) {
        var bounds = new HashMap<String, List<Instant>>();
        // Keys come in the order of time.
        signals.keySet()
                .forEach(key -> bounds.merge(
                        key.series(),
                        List.of(key.openTime(), key.openTime()),
                        (known, newest) -> List.of(known.getFirst(), newest.getLast())));
        return bounds;
    }

    private void compare(CandleKey key, SignalSide first, SignalSide second, SignalDifferences differences) {
        var count = counts.computeIfAbsent(key.strategyId(), _ -> new Count());
        var one = first.signals().get(key);
        var other = second.signals().get(key);
        if (other == null) {
            count.missing++;
            findings.add(new Finding.Missing(key));
        } else if (one == null) {
            count.extra++;
            findings.add(new Finding.Extra(key));
        } else {
            var fields = differences.between(SignalSide.json(one), SignalSide.json(other));
            if (fields.isEmpty()) {
                count.equal++;
            } else {
                count.different++;
                findings.add(new Finding.Different(key, fields));
            }
        }
    }
}
