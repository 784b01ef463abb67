package io.tabot.strategy;

/**
 * One number or switch that a strategy's rule reads. Bounds are inclusive; a switch has none. The default is the value
 * that the Python bot's code really used.
 *
 * @param index its place in its strategy's {@link ParameterSchema}
 * @param unit what the number counts, e.g. {@code candles}; {@code switch} for a boolean
 */
public record Parameter(
        int index,
        String name,
        Type type,
        String unit,
        Object defaultValue,
        double minimum,
        double maximum,
        String description) {
    /** The kinds of value, named as the API names them. */
    public enum Type {
        INTEGER("int"),
        NUMBER("float"),
        BOOLEAN("bool");

        private final String id;

        Type(String id) {
            this.id = id;
        }

        public String id() {
            return id;
        }
    }

    public Parameter {
        var fits = switch (type) {
            case INTEGER -> defaultValue instanceof Integer;
            case NUMBER -> defaultValue instanceof Number;
            case BOOLEAN -> defaultValue instanceof Boolean;
        };
        if (!fits) {
            throw new IllegalArgumentException("default of " + name + " is not of type " + type.id());
        }
        if (type != Type.BOOLEAN) {
            var number = ((Number) defaultValue).doubleValue();
            if (!(minimum <= number && number <= maximum)) {
                throw new IllegalArgumentException("default of " + name + " is outside its bounds");
            }
        }
    }
}
