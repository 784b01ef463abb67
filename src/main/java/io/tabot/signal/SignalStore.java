package io.tabot.signal;

import io.tabot.signal.RecentSignals.Filter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Somewhere that signals of the past can be looked up. Every answer fails with {@link Unavailable} if it must. */
public interface SignalStore {
    /** The store could not be asked or written to. */
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
     * One signal.
     *
     * @param json as it was published, or would have been
     * @param withheld why it was not sent; null when it was
     */
    record Kept(String json, @Nullable String withheld) {
        public static Kept sent(String json) {
            return new Kept(json, null);
        }
    }

    /**
     * Newest first. A page may have fewer signals than were asked for, or none, and go on all the same.
     *
     * @param next pass it as {@code before} to read on; null when no older one matches
     */
    record Page(List<Kept> signals, @Nullable Place next) {
        public Page {
            signals = List.copyOf(signals);
        }

        /** Of each signal. */
        public List<String> json() {
            return signals.stream().map(Kept::json).toList();
        }
    }

    /** What answers name it by. */
    String name();

    /** Those of one environment. */
    CompletionStage<Page> find(String environment, Filter filter, @Nullable Place before, int limit);

    /** The signal of this id, if it is kept here. */
    CompletionStage<Optional<Kept>> byId(String environment, String intentId);

    /**
     * How many there are of each group.
     *
     * @param filter must have bounds where there are many
     */
    CompletionStage<SignalCounts> count(String environment, Filter filter, SignalGrouping grouping);
}
