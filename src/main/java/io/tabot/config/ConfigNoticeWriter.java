package io.tabot.config;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes notices as JSON: one of every change, and of the head at most one an interval. They name documents and people
 * but no value of a document, so that whoever listens has to ask for what it may see.
 */
public final class ConfigNoticeWriter implements ConfigNotices {
    /**
     * One message.
     *
     * @param id the same for the same news
     */
    public record Notice(String id, byte[] body) {}

    private final String environment;
    private final Duration headInterval;
    private final Clock clock;
    private final Consumer<Notice> changes;
    private final Consumer<Notice> heads;
    private @Nullable Instant toldHead;

    /** @param headInterval zero for no notices of the head */
    public ConfigNoticeWriter(
            String environment, Duration headInterval, Clock clock, Consumer<Notice> changes, Consumer<Notice> heads) {
        this.environment = environment;
        this.headInterval = headInterval;
        this.clock = clock;
        this.changes = changes;
        this.heads = heads;
    }

    @Override
    public void changed(ConfigEvent event) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        fields.put("environment", environment);
        fields.put("revision", event.revision());
        fields.put("at", StoredFields.text(event.at()));
        fields.put("action", event.action().name());
        fields.put("changed_by", event.changedBy());
        if (event.actor() != null) {
            fields.put("actor", event.actor());
        }
        fields.put("through", event.through().id());
        fields.put("reason", event.reason());
        fields.put(
                "documents",
                event.changes().stream().map(change -> change.document().path()).toList());
        fields.put("hash", event.hash());
        changes.accept(notice(event.auditId(environment), fields));
    }

    /** The incarnation that ends and the one that follows may both speak for a moment. */
    @Override
    public synchronized void head(long revision, String hash) {
        var now = clock.instant();
        if (headInterval.isZero() || isTold(now)) {
            return;
        }
        toldHead = now;
        var fields = new LinkedHashMap<String, @Nullable Object>();
        fields.put("environment", environment);
        fields.put("revision", revision);
        fields.put("hash", hash);
        fields.put("at", StoredFields.text(now));
        heads.accept(notice(environment + "-" + revision + "-" + now.toEpochMilli(), fields));
    }

    /** A clock that was set back must not silence the head until it catches up. */
    private boolean isTold(Instant now) {
        return toldHead != null && !now.isBefore(toldHead) && now.isBefore(toldHead.plus(headInterval));
    }

    private static Notice notice(String id, Map<String, @Nullable Object> fields) {
        return new Notice(id, JsonText.write(fields).getBytes(StandardCharsets.UTF_8));
    }
}
