package io.tabot.signal;

import io.tabot.signal.RecentSignals.Entry;
import io.tabot.signal.RecentSignals.Filter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The newest signals of this process as a store: the only one that has withheld ones. Serves its own environment. */
public final class RememberedSignals implements SignalStore {
    public static final String NAME = "memory";

    private final RecentSignals signals;

    public RememberedSignals(RecentSignals signals) {
        this.signals = signals;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public CompletionStage<Page> find(String environment, Filter filter, @Nullable Place before, int limit) {
        var page = signals.query(filter, before == null ? null : before.number(), limit);
        var next = page.next();
        var kept = page.entries().stream().map(RememberedSignals::kept).toList();
        return CompletableFuture.completedStage(new Page(
                kept, next == null ? null : new Place(page.entries().getLast().at(), next)));
    }

    @Override
    public CompletionStage<Optional<Kept>> byId(String environment, String intentId) {
        return CompletableFuture.completedStage(signals.find(intentId).map(RememberedSignals::kept));
    }

    @Override
    public CompletionStage<SignalCounts> count(String environment, Filter filter, SignalGrouping grouping) {
        var tally = new SignalCounts.Tally(grouping);
        signals.query(filter, null, Integer.MAX_VALUE)
                .entries()
                .forEach(entry -> SentSignal.unchecked(environment, json(entry)).ifPresent(tally::add));
        return CompletableFuture.completedStage(tally.counted());
    }

    private static Kept kept(Entry entry) {
        return new Kept(
                new String(json(entry), StandardCharsets.UTF_8),
                entry.publication().withheld());
    }

    private static byte[] json(Entry entry) {
        return SignalJson.bytes(entry.signal(), entry.at());
    }
}
