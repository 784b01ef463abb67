package io.tabot.config;

import io.tabot.config.FieldError.Allowed;
import io.tabot.config.FieldError.Code;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * What holds for every list of the application document; the rule for one item is passed in.
 *
 * @param emptyText what an empty list lacks, e.g. {@code at least one timeframe}; null when it may be empty
 * @param isSet whether an item may occur only once
 * @param itemRule the errors of an item, given its name such as {@code symbols[2]} and its value
 */
record ListRules(
        String field,
        @Nullable String emptyText,
        boolean isSet,
        BiFunction<String, @Nullable Object, List<FieldError>> itemRule) {
    List<FieldError> check(Object value) {
        if (!(value instanceof List<?> items)) {
            // One item where a list is wanted: the list of it, if that would do.
            var suggestion = itemRule.apply(field, value).isEmpty() ? List.of(value) : null;
            return List.of(FieldErrors.type(field, "a list", value, suggestion));
        }
        if (items.isEmpty() && emptyText != null) {
            return List.of(FieldErrors.of(field, Code.EMPTY, field + " must contain " + emptyText));
        }
        if (items.size() > RuleSettings.LIST_LENGTH_MAX) {
            return List.of(tooLong(items));
        }
        return checkItems(items);
    }

    private List<FieldError> checkItems(List<?> items) {
        var errors = new ArrayList<FieldError>();
        for (var i = 0; i < items.size(); i++) {
            errors.addAll(itemRule.apply(field + "[" + i + "]", items.get(i)));
        }
        var duplicates = duplicates(items);
        if (isSet && !duplicates.isEmpty()) {
            var suggestion = errors.isEmpty() ? List.copyOf(new LinkedHashSet<>(items)) : null;
            var message = field + " contains duplicate entries: " + FieldErrors.shown(duplicates);
            errors.add(new FieldError(field, Code.DUPLICATE, message, null, suggestion));
        }
        return errors;
    }

    private FieldError tooLong(List<?> items) {
        var message = field + " must have at most " + RuleSettings.LIST_LENGTH_MAX + " entries, got " + items.size();
        var allowed = Allowed.range(null, RuleSettings.LIST_LENGTH_MAX);
        return new FieldError(field, Code.OUT_OF_RANGE, message, allowed, null);
    }

    private static Set<@Nullable Object> duplicates(List<?> items) {
        var seen = new HashSet<@Nullable Object>();
        var duplicates = new LinkedHashSet<@Nullable Object>();
        for (var item : items) {
            if (!seen.add(item)) {
                duplicates.add(item);
            }
        }
        return duplicates;
    }
}
