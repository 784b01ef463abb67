package io.tabot.config;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of one stored JSON object. Strict, as the hash covers everything: a missing, mistyped or unread
 * field is a {@link ConfigFormatException} that names it.
 */
final class StoredFields {
    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final String what;
    private final Map<String, @Nullable Object> fields;
    private final Set<String> read = new HashSet<>();

    StoredFields(String what, Map<?, ?> fields) {
        this.what = what;
        this.fields = JsonValues.freezeMap(fields);
    }

    /** Times are written in UTC with milliseconds, always three digits, so that their text is their identity. */
    static String text(Instant instant) {
        return MILLIS.format(instant);
    }

    /** Checks that the object says it is of this type, in a schema that this build knows. */
    StoredFields ofType(String type, int schemaMax) {
        if (!type.equals(string("type"))) {
            throw malformed("type", "'" + type + "'");
        }
        var schema = whole("schema");
        if (schema < 1 || schema > schemaMax) {
            throw new ConfigFormatException(what + " has schema " + schema + "; this build reads 1 to " + schemaMax
                    + ". It was written by a newer ta-bot: start that one");
        }
        return this;
    }

    Set<String> names() {
        return fields.keySet();
    }

    Map<String, @Nullable Object> all() {
        return fields;
    }

    String string(String name) {
        return take(name) instanceof String text ? text : fail(name, "text");
    }

    @Nullable String optionalString(String name) {
        return take(name) == null ? null : string(name);
    }

    long whole(String name) {
        return take(name) instanceof Long whole ? whole : fail(name, "a whole number");
    }

    Instant instant(String name) {
        try {
            return Instant.parse(string(name));
        } catch (DateTimeException _) {
            return fail(name, "an ISO-8601 time");
        }
    }

    Map<String, @Nullable Object> object(String name) {
        return take(name) instanceof Map<?, ?> map ? JsonValues.freezeMap(map) : fail(name, "an object");
    }

    @Nullable Map<String, @Nullable Object> optionalObject(String name) {
        return take(name) == null ? null : object(name);
    }

    List<StoredFields> objects(String name) {
        List<?> items = take(name) instanceof List<?> list ? list : fail(name, "a list");
        return items.stream()
                .map(item -> item instanceof Map<?, ?> map
                        ? new StoredFields(what + "." + name, map)
                        : this.<StoredFields>fail(name, "a list of objects"))
                .toList();
    }

    DocumentKey document(String name) {
        return DocumentKey.of(string(name)).orElseGet(() -> fail(name, "the path of a document"));
    }

    /** To be called last: nothing may be left that this build would lose. */
    void end() {
        for (var name : fields.keySet()) {
            if (!read.contains(name)) {
                throw new ConfigFormatException(what + " has a field that this build does not know: " + name);
            }
        }
    }

    private @Nullable Object take(String name) {
        read.add(name);
        return fields.get(name);
    }

    private <T> T fail(String name, String wanted) {
        throw malformed(name, wanted);
    }

    private ConfigFormatException malformed(String name, String wanted) {
        return new ConfigFormatException(what + ": " + name + " is not " + wanted);
    }
}
