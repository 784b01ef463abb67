package io.tabot.signal;

import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import io.tabot.strategy.Decision;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The newest signals of this process, in memory, so that somebody may look at them. Safe on any thread. */
public final class RecentSignals {
    /**
     * One signal and what became of it.
     *
     * @param number counts all signals since the start, from 1
     */
    public record Entry(long number, Publication publication, Instant at) {
        public Signal signal() {
            return publication.signal();
        }
    }

    /**
     * Which ones are wanted; null means any.
     *
     * @param since sent or withheld at this time or later
     * @param until sent or withheld before this time
     */
    public record Filter(
            @Nullable Symbol symbol,
            @Nullable String strategyId,
            @Nullable Timeframe timeframe,
            Decision.@Nullable Action action,
            @Nullable Instant since,
            @Nullable Instant until,
            SignalBounds bounds) {
        public static final Filter ANY = new Filter(null, null, null, null);

        /** Of any time. */
        public Filter(
                @Nullable Symbol symbol,
                @Nullable String strategyId,
                @Nullable Timeframe timeframe,
                Decision.@Nullable Action action) {
            this(symbol, strategyId, timeframe, action, null, null);
        }

        /** Whatever they say. */
        public Filter(
                @Nullable Symbol symbol,
                @Nullable String strategyId,
                @Nullable Timeframe timeframe,
                Decision.@Nullable Action action,
                @Nullable Instant since,
                @Nullable Instant until) {
            this(symbol, strategyId, timeframe, action, since, until, SignalBounds.ANY);
        }

        /** The action as signals spell it. */
        public @Nullable String actionId() {
            return action == null ? null : SentSignal.id(action);
        }

        /** The same with other bounds. */
        public Filter with(SignalBounds others) {
            return new Filter(symbol, strategyId, timeframe, action, since, until, others);
        }

        /** Whether it is wanted, as one that went out. */
        public boolean matches(SentSignal signal) {
            return matches(signal.symbol(), signal.strategyId(), signal.timeframe(), signal.action())
                    && isInTime(signal.sentAt())
                    && bounds.match(
                            signal.openTime().toEpochMilli(),
                            signal.values().confidence(),
                            signal.values().configRevision(),
                            true);
        }

        boolean matches(Entry entry) {
            var signal = entry.signal();
            var revision = signal.configRevision();
            return matches(signal.symbol(), signal.strategyId(), signal.timeframe(), signal.action())
                    && isInTime(entry.at())
                    && bounds.match(
                            signal.openTime(),
                            signal.confidence(),
                            revision.isPresent() ? Long.valueOf(revision.getAsLong()) : null,
                            entry.publication().published());
        }

        private boolean isInTime(Instant at) {
            return (since == null || !at.isBefore(since)) && (until == null || at.isBefore(until));
        }

        private boolean matches(Symbol ofSymbol, String ofStrategy, Timeframe ofTimeframe, Decision.Action ofAction) {
            return (symbol == null || symbol.equals(ofSymbol))
                    && (strategyId == null || strategyId.equals(ofStrategy))
                    && (timeframe == null || timeframe == ofTimeframe)
                    && (action == null || action == ofAction);
        }
    }

    /**
     * Newest first.
     *
     * @param next pass it as {@code before} to read on; null when no older one matches
     */
    public record Page(List<Entry> entries, @Nullable Long next) {
        public Page {
            entries = List.copyOf(entries);
        }
    }

    private final int capacity;
    private final Deque<Entry> newestFirst = new ArrayDeque<>();
    private long count;

    /** @param capacity how many are kept; the oldest give way */
    public RecentSignals(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("room for " + capacity + " signals");
        }
        this.capacity = capacity;
    }

    /** Oldest first. */
    public synchronized void add(List<Publication> publications, Instant at) {
        publications.forEach(publication -> add(publication, at));
    }

    public synchronized void add(Publication publication, Instant at) {
        newestFirst.addFirst(new Entry(++count, publication, at));
        if (newestFirst.size() > capacity) {
            newestFirst.removeLast();
        }
    }

    /**
     * @param before only signals with a smaller number; null for the newest
     * @param limit how many at most, from 1
     */
    public synchronized Page query(Filter filter, @Nullable Long before, int limit) {
        var found = new ArrayList<Entry>();
        for (var entry : newestFirst) {
            if ((before == null || entry.number() < before) && filter.matches(entry)) {
                if (found.size() == limit) {
                    return new Page(found, found.getLast().number());
                }
                found.add(entry);
            }
        }
        return new Page(found, null);
    }

    public synchronized Optional<Entry> find(String intentId) {
        return newestFirst.stream()
                .filter(entry -> entry.signal().intentId().equals(intentId))
                .findFirst();
    }

    public int capacity() {
        return capacity;
    }
}
