package io.tabot.config;

import io.tabot.config.FieldError.Allowed;
import io.tabot.config.FieldError.Code;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The texts of errors that several rules share. Clients of the Python bot look for parts of them. */
final class FieldErrors {
    private static final int SHOWN_LENGTH_MAX = 60;

    private FieldErrors() {}

    static FieldError unknownField(String field, String name, Collection<String> known) {
        return new FieldError(
                field,
                Code.UNKNOWN_FIELD,
                "Unknown field: " + shown(name),
                Allowed.oneOf(List.copyOf(known)),
                Nearest.of(name, known).orElse(null));
    }

    static FieldError type(String field, String wanted, @Nullable Object value, @Nullable Object suggestion) {
        var message = field + " must be " + wanted + ", got " + shown(value);
        return new FieldError(field, Code.INVALID_TYPE, message, null, suggestion);
    }

    static FieldError of(String field, Code code, String message) {
        return new FieldError(field, code, message, null, null);
    }

    /** The value as an error text shows it: never longer than a line. */
    static String shown(@Nullable Object value) {
        var text = String.valueOf(value);
        var brief = text.length() > SHOWN_LENGTH_MAX ? text.substring(0, SHOWN_LENGTH_MAX) + "..." : text;
        return value instanceof String ? "'" + brief + "'" : brief;
    }
}
