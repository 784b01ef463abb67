package io.tabot.config;

import io.tabot.strategy.Parameter;
import io.tabot.strategy.ParameterSchema;
import io.tabot.strategy.ParameterValues;
import io.tabot.strategy.Strategy;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The parameters of one strategy as they apply to one symbol, or to every symbol without an override. */
public record EffectiveParameters(
        String strategyId, @Nullable String symbol, List<Value> parameters) {
    /** Where a value comes from; a later layer covers an earlier one. */
    public enum Layer {
        DEFAULT("default"),
        GLOBAL("global"),
        SYMBOL("symbol");

        private final String id;

        Layer(String id) {
            this.id = id;
        }

        public String id() {
            return id;
        }
    }

    /**
     * One parameter.
     *
     * @param value Long, Double or Boolean
     * @param revision the event that set it; null for a default
     */
    public record Value(
            String name,
            Object value,
            Layer layer,
            @Nullable Long revision) {}

    public EffectiveParameters {
        parameters = List.copyOf(parameters);
    }

    /** Names the layer and the event of every parameter, in the order of the schema. */
    public static EffectiveParameters explain(ConfigState state, Strategy strategy, @Nullable String symbol) {
        var id = strategy.definition().id();
        var override = symbol == null ? ParameterSet.NONE : ParameterSet.of(state, DocumentKey.strategy(id, symbol));
        return of(strategy, symbol, ParameterSet.of(state, DocumentKey.strategy(id)), override);
    }

    static EffectiveParameters of(
            Strategy strategy, @Nullable String symbol, ParameterSet global, ParameterSet override) {
        var definition = strategy.definition();
        var values = definition.schema().parameters().stream()
                .map(parameter -> value(parameter, global, override))
                .toList();
        return new EffectiveParameters(definition.id(), symbol, values);
    }

    /** The values by name, in the order of the schema. */
    public Map<String, Object> values() {
        var values = new LinkedHashMap<String, Object>();
        parameters.forEach(parameter -> values.put(parameter.name(), parameter.value()));
        return Collections.unmodifiableMap(values);
    }

    public ParameterValues compiled(ParameterSchema schema) {
        return ParameterValues.of(schema, values());
    }

    public String hash() {
        return ParametersHash.of(values());
    }

    // A stored value that today's schema refuses, being older than it, is passed over: a rule must never meet one.
    private static Value value(Parameter parameter, ParameterSet global, ParameterSet override) {
        var name = parameter.name();
        if (ParameterRules.fits(parameter, override.values().get(name))) {
            return set(name, override, Layer.SYMBOL);
        }
        if (ParameterRules.fits(parameter, global.values().get(name))) {
            return set(name, global, Layer.GLOBAL);
        }
        var byDefault = Objects.requireNonNull(JsonValues.freeze(parameter.defaultValue()));
        return new Value(name, byDefault, Layer.DEFAULT, null);
    }

    private static Value set(String name, ParameterSet layer, Layer from) {
        var value = Objects.requireNonNull(layer.values().get(name));
        return new Value(name, value, from, layer.revisions().get(name));
    }
}
