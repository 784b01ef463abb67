package io.tabot.config;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A document as it stands.
 *
 * @param version how often it was changed; goes on counting when it is created again after a delete
 * @param revision the last event that changed it
 * @param fieldRevisions for each of its fields, the event that gave it its present value
 * @param createdAt when it last came into being
 * @param actor whose access token the last change was made with; null where there were none
 */
public record StoredDocument(
        Document value,
        long version,
        long revision,
        Map<String, Long> fieldRevisions,
        Instant createdAt,
        Instant updatedAt,
        String changedBy,
        @Nullable String actor) {
    public StoredDocument {
        fieldRevisions = Collections.unmodifiableMap(new TreeMap<>(fieldRevisions));
    }
}
