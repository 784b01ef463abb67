package io.tabot.config;

import io.tabot.config.FieldError.Allowed;
import io.tabot.config.FieldError.Code;
import io.tabot.strategy.Parameter;
import io.tabot.strategy.ParameterSchema;
import io.tabot.strategy.Strategy;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a value of a strategy's parameter may be. Types are strict: 14.0 is no integer, true no number, "14" neither.
 */
final class ParameterRules {
    private ParameterRules() {}

    static boolean fits(Parameter parameter, @Nullable Object value) {
        return value != null && check(parameter, value).isEmpty();
    }

    /** Every error of one layer. A null value takes the parameter out of the layer, where any name may be left over. */
    static List<FieldError> check(
            Strategy strategy, Map<String, @Nullable Object> parameters, Map<String, @Nullable Object> before) {
        var schema = strategy.definition().schema();
        var errors = new ArrayList<FieldError>();
        parameters.forEach((name, value) -> {
            var parameter = schema.find(name);
            if (parameter.isEmpty()) {
                if (value != null || !before.containsKey(name)) {
                    errors.add(unknown(name, schema));
                }
            } else if (value != null) {
                check(parameter.get(), value).ifPresent(errors::add);
            }
        });
        return errors;
    }

    static Optional<FieldError> check(Parameter parameter, Object value) {
        var ofType = switch (parameter.type()) {
            case INTEGER -> value instanceof Long;
            case NUMBER -> value instanceof Long || value instanceof Double number && Double.isFinite(number);
            case BOOLEAN -> value instanceof Boolean;
        };
        if (!ofType) {
            return Optional.of(type(parameter, value));
        }
        return value instanceof Number number ? range(parameter, number) : Optional.empty();
    }

    private static FieldError unknown(String name, ParameterSchema schema) {
        var known = schema.parameters().stream().map(Parameter::name).toList();
        var message = "Unknown parameter: " + name;
        var nearest = Nearest.of(name, known).orElse(null);
        return new FieldError(name, Code.UNKNOWN_PARAMETER, message, Allowed.oneOf(known), nearest);
    }

    private static FieldError type(Parameter parameter, Object value) {
        var wanted = switch (parameter.type()) {
            case INTEGER -> "an integer";
            case NUMBER -> "a number";
            case BOOLEAN -> "a boolean";
        };
        return FieldErrors.type(parameter.name(), wanted, value, converted(parameter, value));
    }

    private static Optional<FieldError> range(Parameter parameter, Number value) {
        var tooLow = value.doubleValue() < parameter.minimum();
        if (!tooLow && value.doubleValue() <= parameter.maximum()) {
            return Optional.empty();
        }
        var bound = tooLow ? bound(parameter, parameter.minimum()) : bound(parameter, parameter.maximum());
        var message = parameter.name() + " must be " + (tooLow ? ">= " : "<= ") + bound + ", got " + value;
        var allowed = Allowed.range(bound(parameter, parameter.minimum()), bound(parameter, parameter.maximum()));
        return Optional.of(new FieldError(parameter.name(), Code.OUT_OF_RANGE, message, allowed, bound));
    }

    private static Number bound(Parameter parameter, double bound) {
        return parameter.type() == Parameter.Type.INTEGER ? (Number) (long) bound : (Number) bound;
    }

    /** The value of the right type that was evidently meant, within bounds; null when nothing was. */
    private static @Nullable Object converted(Parameter parameter, Object value) {
        return switch (parameter.type()) {
            case BOOLEAN -> LooseValues.toBoolean(value);
            case INTEGER, NUMBER -> {
                var number = LooseValues.toNumber(value);
                yield number == null ? null : clamped(parameter, number);
            }
        };
    }

    private static Number clamped(Parameter parameter, BigDecimal number) {
        var within = number.max(BigDecimal.valueOf(parameter.minimum())).min(BigDecimal.valueOf(parameter.maximum()));
        return parameter.type() == Parameter.Type.INTEGER
                ? (Number) Math.round(within.doubleValue())
                : (Number) within.doubleValue();
    }
}
