package io.tabot.config;

import io.tabot.config.ChangeMeta.Idempotency;
import io.tabot.config.ChangeMeta.Through;
import io.tabot.config.ConfigEvent.Change;
import io.tabot.config.ConfigEvent.Restored;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The one stored form of a {@link ConfigEvent}: JSON with an explicit {@code type} and {@code schema}, without names of
 * classes. Journals, export and streams hold this text, and the hash chain covers it. A new field is a new schema; the
 * readers of the old ones stay.
 */
public final class ConfigEventJson {
    public static final String TYPE = "config-change";
    public static final int SCHEMA = 2;

    /** The first schema that names the actor. Without one an event is written as before, so that its hash stays. */
    private static final int WITH_ACTOR = 2;

    private static final int WITHOUT_ACTOR = 1;

    private ConfigEventJson() {}

    /** One line, fields in a fixed order. */
    public static String write(ConfigEvent event) {
        return JsonText.write(object(event));
    }

    /** @throws ConfigFormatException if it is not an event of a schema that this build knows */
    public static ConfigEvent read(String json) {
        return read(JsonText.readObject(json));
    }

    static ConfigEvent read(Map<String, @Nullable Object> object) {
        var fields = new StoredFields("event", object).ofType(TYPE, SCHEMA);
        try {
            return event(fields);
        } catch (IllegalArgumentException e) {
            throw new ConfigFormatException("event: " + e.getMessage(), e);
        }
    }

    static Map<String, @Nullable Object> object(ConfigEvent event) {
        var fields = hashed(event);
        fields.put("hash", event.hash());
        return fields;
    }

    /** All but the hash: what it covers. */
    static Map<String, @Nullable Object> hashed(ConfigEvent event) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        fields.put("type", TYPE);
        fields.put("schema", (long) (event.actor() == null ? WITHOUT_ACTOR : WITH_ACTOR));
        fields.put("revision", event.revision());
        fields.put("at", StoredFields.text(event.at()));
        fields.put("changed_by", event.changedBy());
        if (event.actor() != null) {
            fields.put("actor", event.actor());
        }
        fields.put("through", event.through().id());
        fields.put("reason", event.reason());
        fields.put("idempotency", idempotency(event.idempotency()));
        fields.put(
                "changes", event.changes().stream().map(ConfigEventJson::change).toList());
        fields.put("restored", restored(event.restored()));
        fields.put("previous", event.previousHash());
        return fields;
    }

    private static @Nullable Map<String, @Nullable Object> idempotency(@Nullable Idempotency idempotency) {
        return idempotency == null ? null : object("key", idempotency.key(), "fingerprint", idempotency.fingerprint());
    }

    private static @Nullable Map<String, @Nullable Object> restored(@Nullable Restored restored) {
        if (restored == null) {
            return null;
        }
        var scope = restored.scope();
        return object("document", scope == null ? null : scope.path(), "revision", restored.revision());
    }

    private static Map<String, @Nullable Object> change(Change change) {
        var fields = object("document", change.document().path(), "before", value(change.before()));
        fields.put("after", value(change.after()));
        return fields;
    }

    private static @Nullable Object value(@Nullable Document document) {
        return document == null ? null : document.fields();
    }

    private static Map<String, @Nullable Object> object(
            String name, @Nullable Object value, String otherName, @Nullable Object otherValue) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        fields.put(name, value);
        fields.put(otherName, otherValue);
        return fields;
    }

    private static ConfigEvent event(StoredFields fields) {
        var event = new ConfigEvent(
                fields.whole("revision"),
                fields.instant("at"),
                fields.string("changed_by"),
                fields.whole("schema") >= WITH_ACTOR ? fields.string("actor") : null,
                through(fields.string("through")),
                fields.optionalString("reason"),
                readIdempotency(fields.optionalObject("idempotency")),
                readChanges(fields.objects("changes")),
                readRestored(fields.optionalObject("restored")),
                fields.string("previous"),
                fields.string("hash"));
        fields.end();
        return event;
    }

    private static Through through(String id) {
        return Through.of(id).orElseThrow(() -> new ConfigFormatException("event: through is unknown: " + id));
    }

    private static @Nullable Idempotency readIdempotency(@Nullable Map<String, @Nullable Object> object) {
        if (object == null) {
            return null;
        }
        var fields = new StoredFields("event.idempotency", object);
        var idempotency = new Idempotency(fields.string("key"), fields.string("fingerprint"));
        fields.end();
        return idempotency;
    }

    private static @Nullable Restored readRestored(@Nullable Map<String, @Nullable Object> object) {
        if (object == null) {
            return null;
        }
        var fields = new StoredFields("event.restored", object);
        var scope = fields.optionalString("document") == null ? null : fields.document("document");
        var restored = new Restored(scope, fields.whole("revision"));
        fields.end();
        return restored;
    }

    private static List<Change> readChanges(List<StoredFields> changes) {
        return changes.stream().map(ConfigEventJson::readChange).toList();
    }

    private static Change readChange(StoredFields fields) {
        var change = new Change(
                fields.document("document"),
                document(fields.optionalObject("before")),
                document(fields.optionalObject("after")));
        fields.end();
        return change;
    }

    private static @Nullable Document document(@Nullable Map<String, @Nullable Object> fields) {
        return fields == null ? null : new Document(fields);
    }
}
