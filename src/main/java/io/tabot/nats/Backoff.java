package io.tabot.nats;

import java.time.Duration;

/** Waiting times that double from a tenth of a second to five seconds, until something works again. */
final class Backoff {
    static final Duration FIRST = Duration.ofMillis(100);
    static final Duration LONGEST = Duration.ofSeconds(5);
    private static final int DOUBLINGS_MAX = 6;

    private int failures;

    Duration next() {
        return after(failures++);
    }

    void reset() {
        failures = 0;
    }

    static Duration after(long failures) {
        var doubled = FIRST.multipliedBy(1L << Math.clamp(failures, 0, DOUBLINGS_MAX));
        return doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
    }
}
