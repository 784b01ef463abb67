package io.tabot.config;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A document as it stands.
 *
 * @param version how often it was changed; goes on counting when it is created again after a delete
 * @param revision the last event that changed it
 * @param fieldRevisions for each of its fields, the event that gave it its present value
 * @param createdAt when it last came into being
 */
public record StoredDocument(
        Document value,
        long version,
        long revision,
        Map<String, Long> fieldRevisions,
        Instant createdAt,
        Instant updatedAt,
        String changedBy) {
    public StoredDocument {
        fieldRevisions = Collections.unmodifiableMap(new TreeMap<>(fieldRevisions));
    }
}
