package io.tabot.http;

import io.tabot.config.FieldError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All that is wrong with a request, as {@code details.errors} lists it. */
final class ErrorItems {
    private record Item(
            String field,
            String code,
            String message,
            @Nullable Map<String, Object> allowed,
            @Nullable Object suggestedValue) {}

    private ErrorItems() {}

    static Answer refusal(List<FieldError> errors) {
        var only = errors.size() == 1 ? errors.getFirst() : null;
        var message = only == null ? errors.size() + " errors; see details" : only.message();
        return Answer.refused(new Problem(
                only != null && only.code() == FieldError.Code.INVALID_TRANSITION
                        ? ErrorCode.INVALID_TRANSITION
                        : ErrorCode.VALIDATION_ERROR,
                message,
                Map.of("errors", items(errors)),
                only == null ? null : only.field(),
                only == null ? null : suggestion(only)));
    }

    static List<?> items(List<FieldError> errors) {
        return errors.stream().map(ErrorItems::item).toList();
    }

    /** What to do about it, in words; null where there is no one thing to do. */
    static @Nullable String suggestion(FieldError error) {
        var value = error.suggestedValue();
        if (value == null) {
            return null;
        }
        return error.code() == FieldError.Code.UNKNOWN_FIELD || error.code() == FieldError.Code.UNKNOWN_PARAMETER
                ? "use " + value + " instead of " + error.field()
                : "use " + value + " for " + error.field();
    }

    private static Item item(FieldError error) {
        var allowed = error.allowed();
        return new Item(
                error.field(),
                error.code().name(),
                error.message(),
                allowed == null ? null : allowed(allowed),
                error.suggestedValue());
    }

    private static Map<String, Object> allowed(FieldError.Allowed allowed) {
        var fields = new LinkedHashMap<String, Object>();
        if (allowed.minimum() != null) {
            fields.put("min", allowed.minimum());
        }
        if (allowed.maximum() != null) {
            fields.put("max", allowed.maximum());
        }
        if (!allowed.values().isEmpty()) {
            fields.put("values", allowed.values());
        }
        return fields;
    }
}
