package io.tabot.importer;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A document of the Python bot's database. Values are String, Boolean, Long, Double, Instant, List, Map and null.
 *
 * @param id as text, whatever it is there
 */
public record SourceRow(String collection, String id, Map<String, @Nullable Object> fields) {
    public SourceRow {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** Text that says something. */
    Optional<String> text(String field) {
        return fields.get(field) instanceof String text && !text.isBlank() ? Optional.of(text) : Optional.empty();
    }

    /** The first of these that is an object. */
    Optional<Map<String, @Nullable Object>> object(String... names) {
        return Stream.of(names)
                .flatMap(name -> asObject(fields.get(name)).stream())
                .findFirst();
    }

    /** A point in time; without offset it is UTC, which is what the Python bot meant. */
    Optional<Instant> time(String field) {
        return asTime(fields.get(field));
    }

    static Optional<Map<String, @Nullable Object>> asObject(@Nullable Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            return Optional.empty();
        }
        var copy = new LinkedHashMap<String, @Nullable Object>();
        map.forEach((name, item) -> copy.put(String.valueOf(name), item));
        return Optional.of(copy);
    }

    static Optional<Instant> asTime(@Nullable Object value) {
        return switch (value) {
            case Instant instant -> Optional.of(instant);
            case String text -> parsed(text.strip().replace(' ', 'T'));
            case null, default -> Optional.empty();
        };
    }

    private static Optional<Instant> parsed(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeParseException withoutOffset) {
            try {
                return Optional.of(LocalDateTime.parse(text).toInstant(ZoneOffset.UTC));
            } catch (DateTimeParseException noTime) {
                return Optional.empty();
            }
        }
    }
}
