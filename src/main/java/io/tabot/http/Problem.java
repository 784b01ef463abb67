package io.tabot.http;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Why a request was refused, as the caller reads it.
 *
 * @param field the one field that it is about, if it is one
 * @param suggestion what to do about it, if there is one thing to do
 */
record Problem(
        ErrorCode code,
        String message,
        @Nullable Map<String, ?> details,
        @Nullable String field,
        @Nullable String suggestion) {
    static Problem of(ErrorCode code, String message) {
        return new Problem(code, message, null, null, null);
    }

    static Problem of(ErrorCode code, String message, String suggestion) {
        return new Problem(code, message, null, null, suggestion);
    }

    Problem withDetails(Map<String, ?> more) {
        return new Problem(code, message, more, field, suggestion);
    }
}
