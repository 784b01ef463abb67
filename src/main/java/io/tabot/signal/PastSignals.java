package io.tabot.signal;

import io.tabot.signal.SignalStore.Kept;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is known of signals that were decided long ago: where they are looked up and where the candles are
 * that they were decided on, each in the order in which it is asked.
 */
public record PastSignals(List<SignalStore> stores, List<CandleStore> candles) {
    /** A signal, and where it was found. */
    public record Found(String source, Kept kept) {}

    public PastSignals {
        stores = List.copyOf(stores);
        candles = List.copyOf(candles);
    }

    /** The same, and after all others this one. */
    public PastSignals and(SignalStore store) {
        var more = new ArrayList<>(stores);
        more.add(store);
        return new PastSignals(more, candles);
    }

    /** The same, and after all others these candles. */
    public PastSignals and(CandleStore store) {
        var more = new ArrayList<>(candles);
        more.add(store);
        return new PastSignals(stores, more);
    }

    public List<String> names() {
        return stores.stream().map(SignalStore::name).toList();
    }

    public Optional<SignalStore> named(String name) {
        return stores.stream().filter(store -> store.name().equals(name)).findFirst();
    }

    /**
     * The first store that has it. Fails only where none has it and one could not be asked: then it is not known
     * whether there is such a signal.
     */
    public CompletionStage<Optional<Found>> find(String environment, String intentId) {
        return find(environment, intentId, 0, null);
    }

    private CompletionStage<Optional<Found>> find(
            String environment, String intentId, int from, @Nullable Throwable failure) {
        if (from == stores.size()) {
            return failure == null
                    ? CompletableFuture.completedStage(Optional.empty())
                    : CompletableFuture.failedStage(failure);
        }
        var store = stores.get(from);
        return store.byId(environment, intentId)
                .handle((kept, failed) -> failed == null && kept.isPresent()
                        ? CompletableFuture.completedStage(kept.map(signal -> new Found(store.name(), signal)))
                        : find(environment, intentId, from + 1, failed == null ? failure : failed))
                .thenCompose(next -> next);
    }
}
