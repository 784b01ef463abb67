package io.tabot.http;

import io.tabot.config.Audit;
import io.tabot.config.ConfigEvent;
import io.tabot.config.ConfigState;
import io.tabot.config.DocumentKey;
import io.tabot.config.StoredDocument;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Finds again what a change had led to when it was made, so that its repetition is answered alike. An event does
 * not know the version that it made; the number of later changes, counted in the history, tells it.
 */
final class FirstOutcomes {
    private static final int PAGE = 1_000;

    /** What was found. */
    sealed interface Found {
        /** @param document null when the change had removed it */
        record Document(@Nullable StoredDocument document) implements Found {}

        record Unavailable(String reason) implements Found {}
    }

    private final ConfigAccess config;

    FirstOutcomes(ConfigAccess config) {
        this.config = config;
    }

    /** @param now a state that contains the event */
    CompletionStage<Found> of(DocumentKey key, ConfigEvent first, ConfigState now) {
        var version = now.versionOf(key);
        return now.revisionOf(key) == first.revision()
                ? CompletableFuture.completedFuture(document(key, first, now, version))
                : search(key, first, now, new Audit.Query(key, null, PAGE), version);
    }

    private CompletionStage<Found> search(
            DocumentKey key, ConfigEvent first, ConfigState now, Audit.Query query, long version) {
        return config.audit(query).thenCompose(reply -> switch (reply) {
            case Audit.Page(var events, var next) -> {
                var later = events.stream()
                        .filter(event -> event.revision() > first.revision() && event.revision() <= now.revision())
                        .count();
                yield later == events.size() && next != null
                        ? search(key, first, now, new Audit.Query(key, next, PAGE), version - later)
                        : CompletableFuture.completedFuture(document(key, first, now, version - later));
            }
            case Audit.Unavailable(var reason) -> CompletableFuture.completedFuture(new Found.Unavailable(reason));
        });
    }

    private static Found document(DocumentKey key, ConfigEvent first, ConfigState now, long version) {
        var after = first.changeOf(key).orElseThrow().after();
        if (after == null) {
            return new Found.Document(null);
        }
        var created = now.document(key)
                .map(StoredDocument::createdAt)
                .filter(at -> !at.isAfter(first.at()))
                .orElse(first.at());
        return new Found.Document(
                new StoredDocument(after, version, first.revision(), Map.of(), created, first.at(), first.changedBy()));
    }
}
