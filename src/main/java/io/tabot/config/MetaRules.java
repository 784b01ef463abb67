package io.tabot.config;

import io.tabot.config.FieldError.Code;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the record of a change may say about itself. */
final class MetaRules {
    private MetaRules() {}

    static List<FieldError> check(ChangeMeta meta) {
        var errors = new ArrayList<FieldError>();
        checkName(errors, "changed_by", meta.changedBy(), RuleSettings.CHANGED_BY_LENGTH_MAX);
        var actor = meta.actor();
        if (actor != null) {
            checkName(errors, "actor", actor, RuleSettings.CHANGED_BY_LENGTH_MAX);
        }
        errors.addAll(checkText("reason", meta.reason(), RuleSettings.REASON_LENGTH_MAX));
        var idempotency = meta.idempotency();
        if (idempotency != null) {
            checkName(errors, "idempotency_key", idempotency.key(), RuleSettings.IDEMPOTENCY_KEY_LENGTH_MAX);
        }
        return errors;
    }

    /** A text that may be absent, in lines or not. */
    static List<FieldError> checkText(String field, @Nullable String text, int lengthMax) {
        var errors = new ArrayList<FieldError>();
        if (text != null) {
            checkLength(errors, field, text, 0, lengthMax);
            checkText(errors, field, text, "\n\t");
        }
        return errors;
    }

    private static void checkName(List<FieldError> errors, String field, String name, int lengthMax) {
        checkLength(errors, field, name, 1, lengthMax);
        if (!name.isEmpty() && name.isBlank()) {
            errors.add(FieldErrors.of(field, Code.EMPTY, field + " must not be blank"));
        }
        checkText(errors, field, name, "");
    }

    private static void checkLength(List<FieldError> errors, String field, String text, int min, int max) {
        if (text.length() < min || text.length() > max) {
            var message = field + " must have " + min + " to " + max + " characters, got " + text.length();
            errors.add(FieldErrors.of(field, text.isEmpty() ? Code.EMPTY : Code.OUT_OF_RANGE, message));
        }
    }

    /** Control characters would forge lines of logs and exports; half of a surrogate pair has no UTF-8 to be hashed. */
    private static void checkText(List<FieldError> errors, String field, String text, String allowedControls) {
        var isBad = text.codePoints()
                .anyMatch(character -> Character.isISOControl(character) && allowedControls.indexOf(character) < 0
                        || Character.getType(character) == Character.SURROGATE);
        if (isBad) {
            errors.add(FieldErrors.of(field, Code.INVALID_FORMAT, field + " contains characters that are not text"));
        }
    }
}
