package io.tabot.config;

import io.tabot.config.FieldError.Allowed;
import io.tabot.config.FieldError.Code;
import io.tabot.market.Timeframe;
import io.tabot.strategy.RuleSet;
import io.tabot.strategy.StrategyCatalog;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the fields of the application document may be. A null field is one that is not given. */
final class ApplicationRules {
    private static final List<String> TIMEFRAMES =
            Arrays.stream(Timeframe.values()).map(Timeframe::id).toList();
    private static final List<String> RULE_SETS =
            Arrays.stream(RuleSet.values()).map(RuleSet::id).toList();

    private final StrategyCatalog catalog;
    private final SymbolRules symbols;

    ApplicationRules(StrategyCatalog catalog, RuleSettings settings) {
        this.catalog = catalog;
        this.symbols = new SymbolRules(settings);
    }

    /** Every error of the given fields, each judged alone. */
    List<FieldError> check(Map<String, @Nullable Object> fields) {
        var errors = new ArrayList<FieldError>();
        fields.forEach((field, value) -> {
            if (!AppConfig.FIELDS.contains(field)) {
                errors.add(FieldErrors.unknownField(field, field, AppConfig.FIELDS));
            } else if (value != null) {
                errors.addAll(checkField(field, value, fields));
            }
        });
        return errors;
    }

    /**
     * The rule between the two bounds, for the document that would result; given fields of a wrong type are left out.
     */
    static List<FieldError> checkConfidenceOrder(Map<String, @Nullable Object> merged) {
        return merged.get(AppConfig.MIN_CONFIDENCE) instanceof Number min
                        && merged.get(AppConfig.MAX_CONFIDENCE) instanceof Number max
                        && min.doubleValue() >= max.doubleValue()
                ? List.of(FieldErrors.of(
                        AppConfig.MIN_CONFIDENCE,
                        Code.CONFLICT,
                        "min_confidence must be less than max_confidence, got " + min + " and " + max))
                : List.of();
    }

    private List<FieldError> checkField(String field, Object value, Map<String, @Nullable Object> fields) {
        return switch (field) {
            case AppConfig.ENABLED_STRATEGIES ->
                new ListRules(field, null, true, (name, item) -> strategy(name, item, fields.get(field))).check(value);
            case AppConfig.SYMBOLS ->
                new ListRules(field, "at least one trading symbol", true, this::symbol).check(value);
            case AppConfig.CANDLE_PERIODS ->
                new ListRules(field, "at least one timeframe", true, ApplicationRules::timeframe).check(value);
            case AppConfig.POSITION_SIZES ->
                new ListRules(field, "at least one size", false, ApplicationRules::positionSize).check(value);
            case AppConfig.MIN_CONFIDENCE, AppConfig.MAX_CONFIDENCE -> confidence(field, value);
            case AppConfig.MAX_POSITIONS -> positive(field, value, "must be at least 1");
            case AppConfig.RULE_SET -> ruleSet(field, value);
            case AppConfig.PAUSED -> paused(field, value);
            default -> throw new IllegalStateException("a field without a rule: " + field);
        };
    }

    private List<FieldError> strategy(String name, @Nullable Object item, @Nullable Object given) {
        if (!(item instanceof String id)) {
            return List.of(FieldErrors.type(name, "a string", item, null));
        }
        if (catalog.find(id).isPresent()) {
            return List.of();
        }
        // A strategy that the list has already would be no fix, but a duplicate.
        var others = new HashSet<>(catalog.ids());
        if (given instanceof List<?> list) {
            others.removeAll(new HashSet<>(list));
        }
        var known = List.copyOf(new TreeSet<>(catalog.ids()));
        var message = "Unknown strategy: " + FieldErrors.shown(id) + ". Valid strategies: " + String.join(", ", known);
        return List.of(unknownOf(name, Code.UNKNOWN_STRATEGY, message, known, id, others));
    }

    private List<FieldError> symbol(String name, @Nullable Object item) {
        return item instanceof String symbol
                ? symbols.check(name, symbol)
                : List.of(FieldErrors.type(name, "a string", item, null));
    }

    private static List<FieldError> timeframe(String name, @Nullable Object item) {
        if (!(item instanceof String id)) {
            return List.of(FieldErrors.type(name, "a string", item, null));
        }
        if (Timeframe.of(id).isPresent()) {
            return List.of();
        }
        var message =
                "Invalid timeframe: " + FieldErrors.shown(id) + ". Valid timeframes: " + String.join(", ", TIMEFRAMES);
        // One letter off is another timeframe, so only what is the same but for case and white space is suggested.
        var meant = TIMEFRAMES.stream()
                .filter(known -> known.equalsIgnoreCase(id.strip()))
                .toList();
        var suggestion = meant.size() == 1 ? meant.getFirst() : null;
        return List.of(new FieldError(name, Code.INVALID_VALUE, message, Allowed.oneOf(TIMEFRAMES), suggestion));
    }

    private static List<FieldError> positionSize(String name, @Nullable Object item) {
        return positive(name, item, "must be positive");
    }

    private static List<FieldError> positive(String name, @Nullable Object value, String belowText) {
        if (!(value instanceof Long number)) {
            return List.of(FieldErrors.type(name, "an integer", value, wholeSuggestion(value)));
        }
        if (1 <= number && number <= Integer.MAX_VALUE) {
            return List.of();
        }
        var isBelow = number < 1;
        var text = isBelow ? belowText : "must be at most " + Integer.MAX_VALUE;
        var bound = isBelow ? 1L : Integer.MAX_VALUE;
        return List.of(new FieldError(
                name,
                Code.OUT_OF_RANGE,
                name + " " + text + ", got " + number,
                Allowed.range(1, Integer.MAX_VALUE),
                bound));
    }

    private static @Nullable Long wholeSuggestion(@Nullable Object value) {
        var number = value == null ? null : LooseValues.toNumber(value);
        return number == null ? null : (long) Math.clamp(number.doubleValue(), 1.0, Integer.MAX_VALUE);
    }

    private static List<FieldError> confidence(String field, Object value) {
        if (!(value instanceof Number number) || !Double.isFinite(number.doubleValue())) {
            var meant = LooseValues.toNumber(value);
            var suggestion = meant == null ? null : Math.clamp(meant.doubleValue(), 0.0, 1.0);
            return List.of(FieldErrors.type(field, "a number", value, suggestion));
        }
        var confidence = number.doubleValue();
        if (0 <= confidence && confidence <= 1) {
            return List.of();
        }
        var message = field + " must be between 0.0 and 1.0, got " + value;
        var bound = Math.clamp(confidence, 0.0, 1.0);
        return List.of(new FieldError(field, Code.OUT_OF_RANGE, message, Allowed.range(0.0, 1.0), bound));
    }

    private static List<FieldError> ruleSet(String field, Object value) {
        if (value instanceof String id && RuleSet.of(id).isPresent()) {
            return List.of();
        }
        var message = field + " must be one of " + String.join(", ", RULE_SETS) + ", got " + FieldErrors.shown(value);
        var code = value instanceof String ? Code.INVALID_VALUE : Code.INVALID_TYPE;
        var name = value instanceof String text ? text : "";
        return List.of(unknownOf(field, code, message, RULE_SETS, name, RULE_SETS));
    }

    private static List<FieldError> paused(String field, Object value) {
        return value instanceof Boolean
                ? List.of()
                : List.of(FieldErrors.type(field, "a boolean", value, LooseValues.toBoolean(value)));
    }

    private static FieldError unknownOf(
            String field, Code code, String message, List<String> allowed, String name, Collection<String> candidates) {
        var nearest = Nearest.of(name, candidates).orElse(null);
        return new FieldError(field, code, message, Allowed.oneOf(allowed), nearest);
    }
}
