package io.tabot.http;

import io.tabot.config.ConfigDiff.FieldDiff;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One change of the parameters of a strategy as it is listed. */
record StrategyAuditItem(
        String id,
        String strategyId,
        @Nullable String symbol,
        String action,
        @Nullable Map<String, @Nullable Object> oldParameters,
        @Nullable Map<String, @Nullable Object> newParameters,
        String changedBy,
        @Nullable String actor,
        Instant changedAt,
        @Nullable String reason,
        long revision,
        @Nullable Long version,
        String through,
        @Nullable Long restoredRevision,
        List<FieldDiff> changes) {
    static StrategyAuditItem of(AuditRow row) {
        var event = row.event();
        var document = row.change().document();
        return new StrategyAuditItem(
                row.id(),
                document.strategyId().orElse(""),
                document.symbol().orElse(null),
                row.action().name(),
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
