package io.tabot.http;

import io.tabot.config.ConfigDiff.FieldDiff;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One change of the application document as it is listed. */
record ApplicationAuditItem(
        String id,
        String action,
        @Nullable Map<String, @Nullable Object> oldConfig,
        @Nullable Map<String, @Nullable Object> newConfig,
        String changedBy,
        @Nullable String actor,
        Instant changedAt,
        @Nullable String reason,
        long revision,
        @Nullable Long version,
        String through,
        @Nullable Long restoredRevision,
        List<FieldDiff> changes) {
    static ApplicationAuditItem of(AuditRow row) {
        var event = row.event();
        return new ApplicationAuditItem(
                row.id(),
                event.action().name(),
                row.before(),
                row.after(),
                event.changedBy(),
                event.actor(),
                event.at(),
                event.reason(),
                event.revision(),
                row.version(),
                event.through().id(),
                row.restoredRevision(),
                row.differences());
    }
}
