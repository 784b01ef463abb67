package io.tabot.journal;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;

/**
 * Watches that a journal's records stay where they are. Nothing that a voter says may count before the store was asked
 * once more: a database that comes back empty, while its voter is connected, takes the next record without a word.
 */
final class StoreGuard {
    private final OpenStore store;
    private final OpenStore.Standing opened;
    private final Executor blocking;
    private final BiConsumer<StoreGuard, String> lost;
    private final AtomicLong newest;
    private boolean isClosed;

    /**
     * @param opened what was there when it was opened
     * @param lost is told, on another thread, how the store differs from that
     */
    StoreGuard(OpenStore store, OpenStore.Standing opened, Executor blocking, BiConsumer<StoreGuard, String> lost) {
        this.store = store;
        this.opened = opened;
        this.blocking = blocking;
        this.lost = lost;
        this.newest = new AtomicLong(opened.position());
    }

    /** Runs this once the store turned out to be the same and to hold all up to this position; else never. */
    void onceSure(long position, Runnable action) {
        if (store == OpenStore.UNWATCHED) {
            action.run();
        } else {
            newest.accumulateAndGet(position, Math::max);
            blocking.execute(() -> {
                if (isTheSame()) {
                    action.run();
                }
            });
        }
    }

    /** Whether the store holds something of a history before this one. */
    boolean hasRemnants() {
        return store.hasRemnants();
    }

    void close() {
        blocking.execute(this::closeStore);
    }

    private synchronized void closeStore() {
        isClosed = true;
        store.close();
    }

    private synchronized boolean isTheSame() {
        if (isClosed) {
            return false;
        }
        var expected = newest.get();
        try {
            var now = store.standing();
            if (!now.identity().equals(opened.identity())) {
                lost.accept(this, now.identity().isEmpty() ? "was emptied" : "is another one");
            } else if (now.position() < expected) {
                lost.accept(this, "went back from record " + expected + " to " + now.position());
            } else {
                return true;
            }
        } catch (JournalUnavailableException e) {
            // Not known: whoever asked takes silence for that.
        }
        return false;
    }
}
