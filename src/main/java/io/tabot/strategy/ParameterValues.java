package io.tabot.strategy;

import java.util.Map;

/** The value of every parameter of one strategy, ready for its rule: one array read each. Immutable. */
public final class ParameterValues {
    private final double[] values;

    private ParameterValues(double[] values) {
        this.values = values;
    }

    /** The defaults of a schema, overlaid with the given values. Names that the schema lacks are ignored. */
    public static ParameterValues of(ParameterSchema schema, Map<String, ?> overrides) {
        var values = new double[schema.parameters().size()];
        for (var parameter : schema.parameters()) {
            var override = overrides.get(parameter.name());
            values[parameter.index()] = number(override == null ? parameter.defaultValue() : override);
        }
        return new ParameterValues(values);
    }

    public static ParameterValues defaults(ParameterSchema schema) {
        return of(schema, Map.of());
    }

    public double number(Parameter parameter) {
        return values[parameter.index()];
    }

    public int integer(Parameter parameter) {
        return (int) values[parameter.index()];
    }

    public boolean isOn(Parameter parameter) {
        return values[parameter.index()] != 0;
    }

    private static double number(Object value) {
        return switch (value) {
            case Boolean on -> on ? 1 : 0;
            case Number number -> number.doubleValue();
            default -> throw new IllegalArgumentException("not a parameter value: " + value);
        };
    }
}
