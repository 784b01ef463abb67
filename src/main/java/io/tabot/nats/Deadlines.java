package io.tabot.nats;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Tells when the time of something is up, at most a tenth late. One timer looks at all that is open, and only while
 * something is: a timer for each signal costs more than sending it. Safe on any thread.
 */
final class Deadlines<T> {
    private static final int LOOKS = 10;

    private final long timeoutNanos;
    private final Consumer<T> isUp;
    private final Map<T, Long> begins = new ConcurrentHashMap<>();
    private final AtomicBoolean isLooking = new AtomicBoolean();

    /** @param isUp is told of each whose time is up, and has to remove it */
    Deadlines(Duration timeout, Consumer<T> isUp) {
        this.timeoutNanos = timeout.toNanos();
        this.isUp = isUp;
    }

    void add(T item) {
        begins.put(item, System.nanoTime());
        lookLater();
    }

    void remove(T item) {
        begins.remove(item);
    }

    private void lookLater() {
        if (!isLooking.get() && isLooking.compareAndSet(false, true)) {
            CompletableFuture.delayedExecutor(timeoutNanos / LOOKS, TimeUnit.NANOSECONDS)
                    .execute(this::look);
        }
    }

    private void look() {
        var now = System.nanoTime();
        begins.forEach((item, begin) -> {
            if (now - begin >= timeoutNanos) {
                isUp.accept(item);
            }
        });
        isLooking.set(false);
        if (!begins.isEmpty()) {
            lookLater();
        }
    }
}
