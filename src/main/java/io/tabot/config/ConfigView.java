package io.tabot.config;

import io.tabot.live.LiveTail;
import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The configuration in force on this node, for anybody to read at any time: no question, no waiting. */
public final class ConfigView {
    /** What candles of one symbol and timeframe are for. */
    public enum CandleUse {
        /** Strategies run on each of them. */
        EVALUATE,
        /** Not configured themselves, but strategies that run on a lower timeframe may look at them. */
        READ_ALONG,
        /** Not wanted. */
        NONE
    }

    /**
     * What is in force.
     *
     * @param application the application document of {@code state}, typed
     * @param readAlong timeframes that enabled strategies read while they run on a lower, configured one
     * @param staleSince when the owner of the configuration was last heard, if that is too long ago; null while fresh
     * @param source the voter that it was read from, or {@value #LAST_STATE}
     * @param durability the voters known to hold the newest event
     * @param appliedRevision the newest revision that every actor of this node has confirmed
     */
    public record InForce(
            ConfigState state,
            AppConfig application,
            Set<Timeframe> readAlong,
            @Nullable Instant staleSince,
            String source,
            List<String> durability,
            long appliedRevision) {
        public InForce {
            readAlong = Set.copyOf(readAlong);
        }

        public boolean isStale() {
            return staleSince != null;
        }

        /** What to do with candles of this symbol and timeframe. */
        public CandleUse useOf(Symbol symbol, Timeframe timeframe) {
            if (!application.symbols().contains(symbol.name())) {
                return CandleUse.NONE;
            }
            if (application.candlePeriods().contains(timeframe.id())) {
                return CandleUse.EVALUATE;
            }
            return readAlong.contains(timeframe) ? CandleUse.READ_ALONG : CandleUse.NONE;
        }
    }

    /** The source of a state that was read from the file of an earlier run. */
    public static final String LAST_STATE = "last-state";

    private final AtomicReference<@Nullable InForce> current = new AtomicReference<>();
    private volatile boolean used;
    private final AtomicReference<List<VoterStatus>> voters = new AtomicReference<>(List.of());
    private final RecentChanges changes = new RecentChanges();
    private final ConcurrentNavigableMap<Long, CompletableFuture<Void>> awaited = new ConcurrentSkipListMap<>();

    /** Nothing until the history was opened once, here or in an earlier run on this data folder. */
    public Optional<InForce> current() {
        return Optional.ofNullable(current.get());
    }

    /** Whether candles may be judged by it: it was confirmed in this run, or nobody could do so for a while. */
    public boolean isUsed() {
        return used;
    }

    /** Completes when this node shows that revision or a later one: whoever changed it then reads his own change. */
    public CompletionStage<Void> reached(long revision) {
        var reached = awaited.computeIfAbsent(revision, _ -> new CompletableFuture<>());
        current().ifPresent(this::tellAwaited);
        return reached.minimalCompletionStage();
    }

    /** How the voters were when the owner of the configuration was last heard; empty before. */
    public List<VoterStatus> voters() {
        return voters.get();
    }

    /** The newest changes, each there once this shows it. */
    public LiveTail<ConfigEvent> changes() {
        return changes.tail();
    }

    /** The event that leads to the state that is shown next. */
    void coming(ConfigEvent event) {
        changes.coming(event);
    }

    void showVoters(List<VoterStatus> statuses) {
        voters.set(statuses);
    }

    void use() {
        used = true;
    }

    void show(InForce inForce) {
        current.set(inForce);
        changes.shown(inForce.state());
        tellAwaited(inForce);
    }

    private void tellAwaited(InForce inForce) {
        for (var first = awaited.firstEntry();
                first != null && first.getKey() <= inForce.state().revision();
                first = awaited.firstEntry()) {
            awaited.remove(first.getKey());
            first.getValue().complete(null);
        }
    }
}
