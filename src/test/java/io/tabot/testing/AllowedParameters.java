package io.tabot.testing;

import io.tabot.strategy.Parameter;
import io.tabot.strategy.ParameterRule;
import io.tabot.strategy.ParameterSchema;
import io.tabot.strategy.ParameterValues;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Settings of one strategy's parameters that the configuration would take. */
public final class AllowedParameters {
    private static final int TRIES = 200;

    private final ParameterSchema schema;
    private final Random random;

    public AllowedParameters(ParameterSchema schema, Random random) {
        this.schema = schema;
        this.random = random;
    }

    /** Whether every rule between parameters holds. */
    public static boolean isInOrder(ParameterSchema schema, Map<String, ?> overrides) {
        var values = ParameterValues.of(schema, overrides);
        return schema.rules().stream().allMatch(rule -> rule.holds(values));
    }

    /** A value of one parameter, with those that must stay above it at their maximum where it takes that. */
    public static Map<String, Object> reaching(ParameterSchema schema, Parameter parameter, double value) {
        var values = new HashMap<String, Object>(Map.of(parameter.name(), typed(parameter, value)));
        for (var rule : schema.rules()) {
            if (rule instanceof ParameterRule.Below(var lesser, var greater)
                    && values.containsKey(lesser.name())
                    && !rule.holds(ParameterValues.of(schema, values))) {
                values.put(greater.name(), typed(greater, greater.maximum()));
            }
        }
        return values;
    }

    /** The highest value that a whole number can have with every other one that need not move at its default. */
    public static Map<String, Object> highest(ParameterSchema schema, Parameter parameter) {
        for (var value = parameter.maximum(); value > parameter.minimum(); value--) {
            var values = reaching(schema, parameter, value);
            if (isInOrder(schema, values)) {
                return values;
            }
        }
        throw new AssertionError(parameter + " can't be raised");
    }

    /** The parameters that can be varied: all but the switch that silences the strategy. */
    public List<Parameter> variable() {
        return schema.parameters().stream()
                .filter(parameter -> !parameter.equals(schema.enabled()))
                .toList();
    }

    /** All parameters anew. */
    public Map<String, Object> all() {
        while (true) {
            var values = new LinkedHashMap<String, Object>();
            variable().forEach(parameter -> values.put(parameter.name(), any(parameter)));
            if (isInOrder(schema, values)) {
                return values;
            }
        }
    }

    /** Up to so many parameters, but not this one. */
    public Map<String, Object> some(int countMax, Parameter but) {
        var others = new ArrayList<>(variable());
        others.remove(but);
        var values = new HashMap<String, Object>();
        for (var i = 1 + random.nextInt(countMax); i > 0 && !others.isEmpty(); i--) {
            var parameter = others.remove(random.nextInt(others.size()));
            for (var tries = 0; tries < TRIES; tries++) {
                values.put(parameter.name(), any(parameter));
                if (isInOrder(schema, values)) {
                    break;
                }
                values.remove(parameter.name());
            }
        }
        return values;
    }

    /** A value within the bounds: one of them more often than chance would have it, or close to the default. */
    public Object any(Parameter parameter) {
        var share = Math.clamp(random.nextDouble(-0.2, 1.2), 0, 1);
        var value = random.nextInt(3) == 0
                ? usual(parameter) * random.nextDouble(0.2, 3)
                : parameter.minimum() + share * (parameter.maximum() - parameter.minimum());
        return typed(parameter, value);
    }

    /** The bounds, values around the default, and so many others. */
    public List<Object> candidates(Parameter parameter, int others) {
        var around = DoubleStream.of(0.3, 0.7, 0.9, 1.1, 1.5, 3).map(factor -> factor * usual(parameter));
        var values = DoubleStream.concat(DoubleStream.of(parameter.minimum(), parameter.maximum()), around)
                .mapToObj(value -> typed(parameter, value));
        var more = IntStream.range(0, others).mapToObj(i -> any(parameter));
        return Stream.concat(values, more)
                .filter(value -> !value.equals(parameter.defaultValue()))
                .distinct()
                .toList();
    }

    private static double usual(Parameter parameter) {
        return switch (parameter.defaultValue()) {
            case Boolean on -> on ? 1 : 0;
            case Number number -> number.doubleValue();
            default -> throw new IllegalStateException(parameter + " has a default of no known type");
        };
    }

    private static Object typed(Parameter parameter, double value) {
        var within = Math.clamp(value, parameter.minimum(), parameter.maximum());
        return switch (parameter.type()) {
            case INTEGER -> (int) Math.round(within);
            case NUMBER -> within;
            case BOOLEAN -> within >= 0.5;
        };
    }
}
