package io.tabot.http;

import java.lang.management.ManagementFactory;

/** What is left on the heap after collections. */
final class Heap {
    private static final int COLLECTIONS = 5;

    private Heap() {}

    static long used() {
        var least = Long.MAX_VALUE;
        for (var number = 0; number < COLLECTIONS; number++) {
            System.gc();
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }
}
