package io.tabot.walk;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** How long a fault lasts, and how often something is done: time that passes is part of the walk. */
final class Pause {
    private final CountDownLatch over = new CountDownLatch(1);

    /** Lets so much time pass, or less if it is over before. */
    void elapse(Duration time) {
        try {
            var _ = over.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void end() {
        over.countDown();
    }

    boolean isOver() {
        return over.getCount() == 0;
    }

    static void of(Duration time) {
        new Pause().elapse(time);
    }
}
