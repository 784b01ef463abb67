package io.tabot.config;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The value of a configuration document: a deeply immutable JSON object of String, Boolean, Long, Double, List, Map and
 * null. Numbers are those that every JSON reader understands alike: finite, and whole ones within 2^53.
 */
public record Document(Map<String, @Nullable Object> fields) {
    private static final long WHOLE_MAX = 1L << 53;

    public static final Document EMPTY = new Document(Map.of());

    public Document {
        fields = JsonValues.freezeMap(fields);
        checkPortable(fields);
    }

    public @Nullable Object get(String field) {
        return fields.get(field);
    }

    private static void checkPortable(@Nullable Object value) {
        switch (value) {
            case Long whole
            when Math.abs(whole) > WHOLE_MAX || whole == Long.MIN_VALUE ->
                throw new IllegalArgumentException("whole number beyond 2^53: " + whole);
            case Double number
            when !Double.isFinite(number) -> throw new IllegalArgumentException("not a finite number: " + number);
            case List<?> list -> list.forEach(Document::checkPortable);
            case Map<?, ?> map -> map.values().forEach(Document::checkPortable);
            case null, default -> {}
        }
    }
}
