package io.tabot.http;

import io.tabot.config.FieldError;
import io.tabot.config.FieldError.Allowed;
import io.tabot.config.FieldError.Code;
import io.tabot.config.LooseValues;
import io.tabot.config.Nearest;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads fields of a body by name, and collects what is wrong with them. Null is the same as absent. */
final class BodyFields {
    private static final long WHOLE_MAX = 1L << 53;

    private final Map<String, @Nullable Object> body;
    private final List<FieldError> errors = new ArrayList<>();

    BodyFields(Map<String, @Nullable Object> body) {
        this.body = body;
    }

    List<FieldError> errors() {
        return List.copyOf(errors);
    }

    void refuse(FieldError error) {
        errors.add(error);
    }

    boolean has(String field) {
        return body.get(field) != null;
    }

    /** Refuses every field that is not known, with the known one that was probably meant. */
    void refuseOthers(Collection<String> known) {
        for (var field : body.keySet()) {
            if (!known.contains(field)) {
                var shown = field.length() <= 60 ? field : field.substring(0, 60) + "...";
                errors.add(new FieldError(
                        shown,
                        Code.UNKNOWN_FIELD,
                        "Unknown field: '" + shown + "'",
                        Allowed.oneOf(List.copyOf(known)),
                        Nearest.of(field, known).orElse(null)));
            }
        }
    }

    /** The text, or the other one where it is missing or none; that is an error. */
    String required(String field, String otherwise) {
        if (!has(field)) {
            errors.add(new FieldError(field, Code.EMPTY, field + " is required", null, null));
            return otherwise;
        }
        var text = text(field);
        return text == null ? otherwise : text;
    }

    @Nullable String text(String field) {
        return switch (body.get(field)) {
            case null -> null;
            case String text -> text;
            default -> wrong(field, "a string", null);
        };
    }

    /** The object, or an empty one where it is missing or none; that is an error. */
    Map<String, @Nullable Object> object(String field) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        switch (body.get(field)) {
            case null -> errors.add(new FieldError(field, Code.EMPTY, field + " is required", null, null));
            case Map<?, ?> object -> object.forEach((name, value) -> fields.put(String.valueOf(name), value));
            default -> {
                var _ = wrong(field, "an object", null);
            }
        }
        return fields;
    }

    /** The list, or an empty one where it is missing or none; that is an error. */
    List<@Nullable Object> list(String field) {
        return switch (body.get(field)) {
            case null -> {
                errors.add(new FieldError(field, Code.EMPTY, field + " is required", null, null));
                yield List.of();
            }
            case List<?> list -> Collections.unmodifiableList(list);
            default -> {
                var _ = wrong(field, "a list", null);
                yield List.of();
            }
        };
    }

    boolean flag(String field) {
        return switch (body.get(field)) {
            case null -> false;
            case Boolean flag -> flag;
            case Object other -> {
                var _ = wrong(field, "a boolean", LooseValues.toBoolean(other));
                yield false;
            }
        };
    }

    /** A whole number that a revision or a version can be. */
    @Nullable Long whole(String field) {
        return switch (body.get(field)) {
            case null -> null;
            case Integer whole when whole >= 0 -> whole.longValue();
            case Long whole when whole >= 0 && whole <= WHOLE_MAX -> whole;
            case Object other -> wrong(field, "a whole number from 0", meantWhole(other, WHOLE_MAX));
        };
    }

    /** A whole number between bounds; the other one where it is missing or wrong. */
    int whole(String field, int min, int max, int otherwise) {
        return switch (body.get(field)) {
            case null -> otherwise;
            case Integer whole when min <= whole && whole <= max -> whole;
            case Integer whole -> outOfRange(field, whole, min, max, otherwise);
            case Long whole -> outOfRange(field, whole, min, max, otherwise);
            case Object other -> {
                var meant = meantWhole(other, Integer.MAX_VALUE);
                var suggestion = meant == null ? null : Math.clamp(meant, min, max);
                errors.add(new FieldError(
                        field, Code.INVALID_TYPE, mustBeFrom(field, min, max), Allowed.range(min, max), suggestion));
                yield otherwise;
            }
        };
    }

    private int outOfRange(String field, long value, int min, int max, int otherwise) {
        errors.add(new FieldError(
                field,
                Code.OUT_OF_RANGE,
                mustBeFrom(field, min, max) + ", got " + value,
                Allowed.range(min, max),
                Math.clamp(value, min, max)));
        return otherwise;
    }

    private static String mustBeFrom(String field, int min, int max) {
        return field + " must be a whole number from " + min + " to " + max;
    }

    @Nullable Instant instant(String field) {
        var text = text(field);
        if (text == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException _) {
            errors.add(new FieldError(
                    field,
                    Code.INVALID_FORMAT,
                    field + " must be a time with its offset, e.g. 2026-02-03T04:05:06Z",
                    null,
                    null));
            return null;
        }
    }

    private <T> @Nullable T wrong(String field, String wanted, @Nullable Object suggestion) {
        errors.add(new FieldError(field, Code.INVALID_TYPE, field + " must be " + wanted, null, suggestion));
        return null;
    }

    /** Of a text or a number with a fraction, the whole number that it says, if it says one. */
    private static @Nullable Long meantWhole(Object value, long max) {
        var number = LooseValues.toNumber(value);
        if (number == null
                || number.signum() < 0
                || number.compareTo(BigDecimal.valueOf(max)) > 0
                || number.stripTrailingZeros().scale() > 0) {
            return null;
        }
        return number.longValue();
    }
}
