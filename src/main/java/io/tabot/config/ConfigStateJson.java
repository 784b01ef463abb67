package io.tabot.config;

import io.tabot.config.ConfigState.Tombstone;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A {@link ConfigState} as JSON text: for messages between nodes and the last-state file. */
public final class ConfigStateJson {
    public static final String TYPE = "config-state";
    public static final int SCHEMA = 1;

    private ConfigStateJson() {}

    public static String write(ConfigState state) {
        return JsonText.write(object(state));
    }

    static Map<String, @Nullable Object> object(ConfigState state) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        fields.put("type", TYPE);
        fields.put("schema", (long) SCHEMA);
        fields.put("environment", state.environment());
        fields.put("revision", state.revision());
        fields.put("hash", state.headHash());
        fields.put(
                "documents",
                state.documents().entrySet().stream()
                        .map(ConfigStateJson::stored)
                        .toList());
        fields.put(
                "deleted",
                state.deleted().entrySet().stream()
                        .map(ConfigStateJson::tombstone)
                        .toList());
        fields.put(
                "remembered",
                state.remembered().events().values().stream()
                        .map(ConfigStateJson::event)
                        .toList());
        return fields;
    }

    /** @throws ConfigFormatException if it is not a state of a schema that this build knows */
    public static ConfigState read(String json) {
        return read(JsonText.readObject(json));
    }

    static ConfigState read(Map<String, @Nullable Object> object) {
        var fields = new StoredFields("state", object).ofType(TYPE, SCHEMA);
        var state = new ConfigState(
                fields.string("environment"),
                fields.whole("revision"),
                fields.string("hash"),
                documents(fields.objects("documents")),
                deleted(fields.objects("deleted")),
                remembered(fields.objects("remembered")));
        fields.end();
        return state;
    }

    private static Map<String, @Nullable Object> stored(Map.Entry<DocumentKey, StoredDocument> entry) {
        var stored = entry.getValue();
        var fields = new LinkedHashMap<String, @Nullable Object>();
        fields.put("document", entry.getKey().path());
        fields.put("value", stored.value().fields());
        fields.put("version", stored.version());
        fields.put("revision", stored.revision());
        fields.put("field_revisions", stored.fieldRevisions());
        fields.put("created_at", StoredFields.text(stored.createdAt()));
        fields.put("updated_at", StoredFields.text(stored.updatedAt()));
        fields.put("changed_by", stored.changedBy());
        if (stored.actor() != null) {
            fields.put("actor", stored.actor());
        }
        return fields;
    }

    private static Map<String, @Nullable Object> tombstone(Map.Entry<DocumentKey, Tombstone> entry) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        fields.put("document", entry.getKey().path());
        fields.put("version", entry.getValue().version());
        fields.put("revision", entry.getValue().revision());
        return fields;
    }

    private static Map<String, @Nullable Object> event(ConfigEvent event) {
        return ConfigEventJson.object(event);
    }

    private static Map<DocumentKey, StoredDocument> documents(List<StoredFields> list) {
        var documents = new HashMap<DocumentKey, StoredDocument>();
        for (var fields : list) {
            documents.put(fields.document("document"), document(fields));
            fields.end();
        }
        return documents;
    }

    private static StoredDocument document(StoredFields fields) {
        var revisions = new HashMap<String, Long>();
        var revisionFields = new StoredFields("state.documents.field_revisions", fields.object("field_revisions"));
        revisionFields.names().forEach(name -> revisions.put(name, revisionFields.whole(name)));
        return new StoredDocument(
                new Document(fields.object("value")),
                fields.whole("version"),
                fields.whole("revision"),
                revisions,
                fields.instant("created_at"),
                fields.instant("updated_at"),
                fields.string("changed_by"),
                fields.optionalString("actor"));
    }

    private static Map<DocumentKey, Tombstone> deleted(List<StoredFields> list) {
        var deleted = new HashMap<DocumentKey, Tombstone>();
        for (var fields : list) {
            var tombstone = new Tombstone(fields.whole("version"), fields.whole("revision"));
            deleted.put(fields.document("document"), tombstone);
            fields.end();
        }
        return deleted;
    }

    private static IdempotencyMemory remembered(List<StoredFields> list) {
        var memory = IdempotencyMemory.NONE;
        for (var fields : list) {
            memory = memory.with(ConfigEventJson.read(fields.all()));
        }
        return memory;
    }
}
