package io.tabot.http;

import io.tabot.config.Audit;
import io.tabot.config.ConfigDiff;
import io.tabot.config.ConfigDiff.FieldDiff;
import io.tabot.config.ConfigEvent;
import io.tabot.config.Document;
import io.tabot.config.DocumentKey;
import io.tabot.config.StoredDocument;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.jspecify.annotations.Nullable;

/** Lists the changes of one document, newest first, page by page. */
final class AuditAnswers {
    private static final int LIMIT = 100;
    private static final int LIMIT_MAX = 1_000;

    /** One change as it is listed. */
    private record Item(
            String id,
            String action,
            @Nullable Map<String, @Nullable Object> oldConfig,
            @Nullable Map<String, @Nullable Object> newConfig,
            String changedBy,
            Instant changedAt,
            @Nullable String reason,
            long revision,
            @Nullable Long version,
            String through,
            @Nullable Long restoredRevision,
            List<FieldDiff> changes) {}

    private final ConfigAccess config;

    AuditAnswers(ConfigAccess config) {
        this.config = config;
    }

    CompletionStage<Answer> answer(HttpRequest request, DocumentKey key) {
        var query = new QueryFields(request, "limit", "cursor");
        var limit = query.whole("limit", 1, LIMIT_MAX, LIMIT);
        var cursor = query.cursor(AuditCursor::parse);
        return query.refusal()
                .<CompletionStage<Answer>>map(CompletableFuture::completedFuture)
                .orElseGet(() -> read(key, cursor, limit));
    }

    private CompletionStage<Answer> read(DocumentKey key, @Nullable AuditCursor cursor, int limit) {
        var before = cursor == null ? null : cursor.revision();
        return config.audit(new Audit.Query(key, before, limit)).thenApply(reply -> switch (reply) {
            case Audit.Page page -> list(key, cursor, limit, page);
            case Audit.Unavailable(var reason) -> Answer.refused(ErrorCode.UNAVAILABLE, reason);
        });
    }

    private Answer list(DocumentKey key, @Nullable AuditCursor cursor, int limit, Audit.Page page) {
        var events = page.events();
        var newest = newestVersion(key, cursor, events);
        var items = new ArrayList<Item>(events.size());
        for (var i = 0; i < events.size(); i++) {
            items.add(item(key, events.get(i), newest == null ? null : newest - i));
        }
        var last = items.isEmpty() ? null : items.getLast();
        var next = page.next() == null || last == null ? null : new AuditCursor(last.revision, last.version).toString();
        return Answer.ok(items)
                .with("total_records", items.size())
                .with("limit", limit)
                .with("next", next);
    }

    /** Versions count the changes, so one known version gives those around it; null when none is known. */
    private @Nullable Long newestVersion(DocumentKey key, @Nullable AuditCursor cursor, List<ConfigEvent> events) {
        if (cursor != null) {
            var last = cursor.version();
            return last == null ? null : last - 1;
        }
        var known = config.inForce()
                .flatMap(inForce -> inForce.state().document(key))
                .orElse(null);
        return known == null ? null : newestVersion(known, events);
    }

    /** This node may show less than the history holds: it can be a change behind. */
    private static @Nullable Long newestVersion(StoredDocument known, List<ConfigEvent> events) {
        for (var i = 0; i < events.size(); i++) {
            if (events.get(i).revision() == known.revision()) {
                return known.version() + i;
            }
        }
        return null;
    }

    private Item item(DocumentKey key, ConfigEvent event, @Nullable Long version) {
        var change = event.changeOf(key).orElseThrow();
        var restored = event.restored();
        return new Item(
                event.auditId(config.environment()),
                event.action().name(),
                fields(change.before()),
                fields(change.after()),
                event.changedBy(),
                event.at(),
                event.reason(),
                event.revision(),
                version,
                event.through().id(),
                restored == null ? null : restored.revision(),
                ConfigDiff.between(change.before(), change.after()));
    }

    private static @Nullable Map<String, @Nullable Object> fields(@Nullable Document document) {
        return document == null ? null : document.fields();
    }
}
