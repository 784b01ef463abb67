package io.tabot.config;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the newest state in its file, one writing at a time, and holds nobody up: a disk may take its time over a file
 * that nothing in force waits for. A state that is replaced before its turn is never written.
 */
final class LastStateWriter {
    private static final Logger LOG = LoggerFactory.getLogger(LastStateWriter.class);

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private record Waiting(ConfigState state, long generation) {}

    private final LastStateFile file;
    private final Executor executor;
    private @Nullable Waiting waiting;
    private boolean isWriting;
    private CompletableFuture<Done> written = CompletableFuture.completedFuture(Done.getInstance());

    /** @param executor may be kept by a disk */
    LastStateWriter(LastStateFile file, Executor executor) {
        this.file = file;
        this.executor = executor;
    }

    synchronized void write(ConfigState state, long generation) {
        waiting = new Waiting(state, generation);
        if (!isWriting) {
            isWriting = true;
            written = CompletableFuture.supplyAsync(this::writeAll, executor);
        }
    }

    /** Waits for what is being written, but not for a disk that hangs. */
    void close() {
        written()
                .copy()
                .completeOnTimeout(Done.getInstance(), PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    private synchronized CompletableFuture<Done> written() {
        return written;
    }

    private Done writeAll() {
        for (var next = next(); next != null; next = next()) {
            try {
                file.write(next.state(), next.generation());
            } catch (RuntimeException e) {
                LOG.error("the last state can't be written", e);
            }
        }
        return Done.getInstance();
    }

    private synchronized @Nullable Waiting next() {
        var next = waiting;
        waiting = null;
        isWriting = next != null;
        return next;
    }
}
