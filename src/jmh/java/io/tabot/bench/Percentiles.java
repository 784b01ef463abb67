package io.tabot.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Durations in order. */
record Percentiles(double[] millis) {
    private static final double NANOS_PER_MILLI = 1e6;

    static Percentiles ofNanos(List<Long> nanos) {
        return ofMillis(nanos.stream().map(value -> value / NANOS_PER_MILLI).toList());
    }

    static Percentiles ofMillis(List<Double> values) {
        var sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return new Percentiles(sorted);
    }

    double at(double part) {
        return millis.length == 0 ? Double.NaN : millis[(int) Math.min(millis.length - 1, part * millis.length)];
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "p50 %.1f, p90 %.1f, p99 %.1f, worst %.1f ms of %d",
                at(0.5),
                at(0.9),
                at(0.99),
                at(1),
                millis.length);
    }
}
