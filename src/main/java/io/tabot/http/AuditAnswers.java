package io.tabot.http;

import io.tabot.config.Audit;
import io.tabot.config.AuditFilter;
import io.tabot.config.AuditFilter.Scope;
import io.tabot.config.ConfigEvent;
import io.tabot.config.ConfigState;
import io.tabot.config.ConfigView;
import io.tabot.config.DocumentKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lists changes, newest first, page by page. An event that changed several of the documents gives an item for each of
 * them; a page holds whole events.
 */
final class AuditAnswers {
    private static final int LIMIT = 100;
    private static final int LIMIT_MAX = 1_000;

    /**
     * What is listed, and how.
     *
     * @param counted what the metadata calls the number of items
     */
    record Listing(AuditFilter filter, Function<AuditRow, Object> shape, String counted) {}

    private final ConfigAccess config;

    AuditAnswers(ConfigAccess config) {
        this.config = config;
    }

    /** @param query may know names of the route's own, read already */
    CompletionStage<Answer> answer(QueryFields query, Listing listing) {
        var limit = query.whole("limit", 1, LIMIT_MAX, LIMIT);
        var cursor = query.cursor(AuditCursor::parse);
        return query.refusal()
                .<CompletionStage<Answer>>map(CompletableFuture::completedFuture)
                .orElseGet(() -> read(listing, cursor, limit));
    }

    private CompletionStage<Answer> read(Listing listing, @Nullable AuditCursor cursor, int limit) {
        var before = cursor == null ? null : cursor.revision();
        return config.audit(new Audit.Query(listing.filter(), before, limit)).thenApply(reply -> switch (reply) {
            case Audit.Page page -> list(listing, cursor, limit, page);
            case Audit.Unavailable(var reason) -> Answer.refused(ErrorCode.UNAVAILABLE, reason);
        });
    }

    private Answer list(Listing listing, @Nullable AuditCursor cursor, int limit, Audit.Page page) {
        var rows = rows(listing.filter(), page.events(), cursor);
        var items = rows.stream().map(listing.shape()).toList();
        var last = rows.isEmpty() ? null : rows.getLast();
        var next = page.next() == null || last == null
                ? null
                : cursor(listing.filter().scope(), last);
        return Answer.ok(items)
                .with(listing.counted(), items.size())
                .with("limit", limit)
                .with("next", next);
    }

    private static String cursor(Scope scope, AuditRow last) {
        var version = scope instanceof Scope.One ? last.version() : null;
        return new AuditCursor(last.event().revision(), version).toString();
    }

    private List<AuditRow> rows(AuditFilter filter, List<ConfigEvent> events, @Nullable AuditCursor cursor) {
        var versions = new HashMap<>(newestVersions(filter, events, cursor));
        var rows = new ArrayList<AuditRow>();
        for (var event : events) {
            for (var change : event.changes()) {
                if (filter.matches(event, change)) {
                    var version = versions.get(change.document());
                    rows.add(new AuditRow(event.auditId(config.environment()), event, change, version));
                    versions.computeIfPresent(change.document(), (_, known) -> known - 1);
                }
            }
        }
        return rows;
    }

    /** Versions count the changes, so one known version of a document gives the earlier ones. */
    private Map<DocumentKey, Long> newestVersions(
            AuditFilter filter, List<ConfigEvent> events, @Nullable AuditCursor cursor) {
        if (cursor != null) {
            return filter.scope() instanceof Scope.One(var document) && cursor.version() != null
                    ? Map.of(document, cursor.version() - 1)
                    : Map.of();
        }
        if (!filter.isOfWholeDocuments()) {
            return Map.of();
        }
        var state = config.inForce().map(ConfigView.InForce::state);
        var newest = new HashMap<DocumentKey, Long>();
        events.stream()
                .flatMap(event -> event.changes().stream())
                .map(ConfigEvent.Change::document)
                .filter(filter.scope()::covers)
                .distinct()
                .forEach(key -> state.flatMap(now -> newestVersion(key, now, events))
                        .ifPresent(version -> newest.put(key, version)));
        return newest;
    }

    /** This node may show another state than the page: it can be a change behind, or ahead by now. */
    private static Optional<Long> newestVersion(DocumentKey key, ConfigState state, List<ConfigEvent> events) {
        var revisions = events.stream()
                .filter(event -> event.changeOf(key).isPresent())
                .map(ConfigEvent::revision)
                .toList();
        var later = revisions.indexOf(state.revisionOf(key));
        return later < 0 ? Optional.empty() : Optional.of(state.versionOf(key) + later);
    }
}
