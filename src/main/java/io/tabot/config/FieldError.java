package io.tabot.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing wrong with a change.
 *
 * @param field what it is about, e.g. {@code symbols[2]} or {@code rsi_period}
 * @param suggestedValue if there is one fix: the value, or for an unknown name the known one nearest to it
 */
public record FieldError(
        String field,
        Code code,
        String message,
        @Nullable Allowed allowed,
        @Nullable Object suggestedValue) {
    /** The kinds of error, as the API names them. */
    public enum Code {
        UNKNOWN_FIELD,
        UNKNOWN_STRATEGY,
        UNKNOWN_PARAMETER,
        UNKNOWN_DOCUMENT,
        INVALID_TYPE,
        INVALID_FORMAT,
        INVALID_VALUE,
        OUT_OF_RANGE,
        DUPLICATE,
        EMPTY,
        CONFLICT,
        /** What is wanted can't follow what is. */
        INVALID_TRANSITION
    }

    /** The values that would do: within inclusive bounds, or one of a list when it is not empty. */
    public record Allowed(
            @Nullable Number minimum, @Nullable Number maximum, List<String> values) {
        public Allowed {
            values = List.copyOf(values);
        }

        public static Allowed range(@Nullable Number minimum, @Nullable Number maximum) {
            return new Allowed(minimum, maximum, List.of());
        }

        public static Allowed oneOf(List<String> values) {
            return new Allowed(null, null, values);
        }
    }

    FieldError suggesting(@Nullable Object value) {
        return new FieldError(field, code, message, allowed, value);
    }

    /** The same of a part of the request. */
    public FieldError under(String prefix) {
        return new FieldError(prefix + "." + field, code, message, allowed, suggestedValue);
    }
}
