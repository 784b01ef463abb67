package io.tabot.journal;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/** How many changes one client gets acknowledged by the writer, one after the other, and how long each takes. */
final class ChangeRate {
    private static final int WARM_UP = 300;

    /** On a machine that others use, too, a database may take minutes to start. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private ChangeRate() {}

    /** Prints a row of a table: the name, changes a second, and the median and 99th percentile of their times. */
    static void print(String name, FaultedService service, Duration measured) {
        var changes = service.changes();
        changes.start();
        changes.awaitMore(WARM_UP, PATIENCE);
        var _ = changes.takeLatencies();
        var start = System.nanoTime();
        LockSupport.parkNanos(measured.toNanos());
        var nanos = changes.takeLatencies().stream().sorted().toList();
        System.out.printf(
                Locale.ROOT,
                "| %s | %.0f | %.1f ms | %.1f ms |%n",
                name,
                nanos.size() / ((System.nanoTime() - start) / 1e9),
                nanos.get(nanos.size() / 2) / 1e6,
                nanos.get(nanos.size() * 99 / 100) / 1e6);
    }
}
