package io.tabot.http;

import io.tabot.config.ConfigDiff;
import io.tabot.config.ConfigDiff.FieldDiff;
import io.tabot.config.ConfigEvent;
import io.tabot.config.Document;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One document's part in one event, as audits list it.
 *
 * @param id what a rollback to the outcome of the event can name
 * @param version of the document after it; null when it is not known
 */
record AuditRow(
        String id,
        ConfigEvent event,
        ConfigEvent.Change change,
        @Nullable Long version) {
    ConfigEvent.Action action() {
        return event.actionOf(change);
    }

    @Nullable Map<String, @Nullable Object> before() {
        return fields(change.before());
    }

    @Nullable Map<String, @Nullable Object> after() {
        return fields(change.after());
    }

    List<FieldDiff> differences() {
        return ConfigDiff.between(change.before(), change.after());
    }

    @Nullable Long restoredRevision() {
        var restored = event.restored();
        return restored == null ? null : restored.revision();
    }

    private static @Nullable Map<String, @Nullable Object> fields(@Nullable Document document) {
        return document == null ? null : document.fields();
    }
}
