package io.tabot.http;

import io.tabot.config.Audit;
import io.tabot.config.ConfigEvent;
import io.tabot.config.ConfigState;
import io.tabot.config.ConfigState.Tombstone;
import io.tabot.config.Document;
import io.tabot.config.DocumentKey;
import io.tabot.config.IdempotencyMemory;
import io.tabot.config.StoredDocument;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Finds again what a change had led to when it was made, so that its repetition is answered alike. An event does
 * not know the version that it made; the number of later changes, counted in the history, tells it.
 */
final class FirstOutcomes {
    private static final int PAGE = 1_000;

    /** What was found. */
    sealed interface Found {
        /** @param then the documents of the view as they were after the change; there may be others, of later */
        record State(ConfigState then) implements Found {}

        record Unavailable(String reason) implements Found {}
    }

    private final ConfigAccess config;

    FirstOutcomes(ConfigAccess config) {
        this.config = config;
    }

    /** @param now a state that contains the event */
    CompletionStage<Found> of(DocumentView view, ConfigEvent first, ConfigState now) {
        var key = view.key();
        var found = now.revisionOf(key) == first.revision()
                ? known(changed(key, first, now, now.versionOf(key)))
                : search(key, first, now, Audit.Query.of(key, null, PAGE), now.versionOf(key));
        for (var under : view.under()) {
            found = then(found, state -> under(under, first, state));
        }
        return found;
    }

    private CompletionStage<Found> search(
            DocumentKey key, ConfigEvent first, ConfigState now, Audit.Query query, long version) {
        return config.audit(query).thenCompose(reply -> switch (reply) {
            case Audit.Page(var events, var next) -> {
                var later = events.stream()
                        .filter(event -> event.revision() > first.revision() && event.revision() <= now.revision())
                        .count();
                yield later == events.size() && next != null
                        ? search(key, first, now, Audit.Query.of(key, next, PAGE), version - later)
                        : known(changed(key, first, now, version - later));
            }
            case Audit.Unavailable(var reason) -> CompletableFuture.completedFuture(new Found.Unavailable(reason));
        });
    }

    /** A document that the change left alone, but that may have been changed since. */
    private CompletionStage<Found> under(DocumentKey key, ConfigEvent first, ConfigState state) {
        if (state.revisionOf(key) <= first.revision()) {
            return known(state);
        }
        var newest = Audit.Query.of(key, first.revision() + 1, 1);
        return config.audit(newest).thenApply(reply -> switch (reply) {
            case Audit.Page(var events, var _) ->
                new Found.State(events.isEmpty() ? without(key, state) : changed(key, events.getFirst(), state, 0));
            case Audit.Unavailable(var reason) -> new Found.Unavailable(reason);
        });
    }

    private static CompletionStage<Found> then(
            CompletionStage<Found> found, Function<ConfigState, CompletionStage<Found>> next) {
        return found.thenCompose(before -> switch (before) {
            case Found.State(var state) -> next.apply(state);
            case Found.Unavailable unavailable -> CompletableFuture.completedFuture(unavailable);
        });
    }

    private static ConfigState changed(DocumentKey key, ConfigEvent event, ConfigState now, long version) {
        var documents = new HashMap<>(now.documents());
        var deleted = new HashMap<>(now.deleted());
        documents.remove(key);
        deleted.remove(key);
        var after = event.changeOf(key).orElseThrow().after();
        if (after == null) {
            deleted.put(key, new Tombstone(version, event.revision()));
        } else {
            documents.put(key, stored(key, event, after, now, version));
        }
        return state(now, documents, deleted);
    }

    private static StoredDocument stored(
            DocumentKey key, ConfigEvent event, Document after, ConfigState now, long version) {
        var created = now.document(key)
                .map(StoredDocument::createdAt)
                .filter(at -> !at.isAfter(event.at()))
                .orElse(event.at());
        return new StoredDocument(
                after, version, event.revision(), Map.of(), created, event.at(), event.changedBy(), event.actor());
    }

    private static ConfigState without(DocumentKey key, ConfigState now) {
        var documents = new HashMap<>(now.documents());
        var deleted = new HashMap<>(now.deleted());
        documents.remove(key);
        deleted.remove(key);
        return state(now, documents, deleted);
    }

    private static ConfigState state(
            ConfigState now, Map<DocumentKey, StoredDocument> documents, Map<DocumentKey, Tombstone> deleted) {
        return new ConfigState(
                now.environment(), now.revision(), now.headHash(), documents, deleted, IdempotencyMemory.NONE);
    }

    private static CompletionStage<Found> known(ConfigState state) {
        return CompletableFuture.completedFuture(new Found.State(state));
    }
}
