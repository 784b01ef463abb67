package io.tabot.signal;

import io.tabot.signal.RecentSignals.Filter;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Where signals that went out are kept, to be looked up long after. */
public interface SignalArchive {
    /** The archive could not be asked or written to. */
    final class Unavailable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public Unavailable(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * Where a page ends.
     *
     * @param number tells signals that were sent at the same time apart
     */
    record Place(Instant sentAt, long number) {}

    /**
     * Newest first.
     *
     * @param json of each signal, as it was published
     * @param next pass it as {@code before} to read on; null when no older one matches
     */
    record Page(List<String> json, @Nullable Place next) {
        public Page {
            json = List.copyOf(json);
        }
    }

    /** What answers name it by. */
    String name();

    /**
     * Keeps each of them once, however often it comes; durable when this returns. Blocks.
     *
     * @return those that can never be kept
     * @throws Unavailable if it is not known that the others are kept
     */
    List<SentSignal> keep(List<SentSignal> signals);

    /** Those of one environment; fails with {@link Unavailable}. */
    CompletionStage<Page> find(String environment, Filter filter, @Nullable Place before, int limit);
}
