package io.tabot.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything that an environment configures, as {@code GET /api/v1/config} shows it. Built from a state it is valid;
 * read from a file it is what the file says, and {@link ConfigCommand.Initialize} judges it.
 */
public record WholeConfig(Map<String, @Nullable Object> application, Map<String, StrategyLayers> strategies) {
    /** The stored parameters of one strategy: for every symbol, and over those for some. */
    public record StrategyLayers(
            Map<String, @Nullable Object> parameters, Map<String, Map<String, @Nullable Object>> symbols) {
        public static final StrategyLayers NONE = new StrategyLayers(Map.of(), Map.of());

        public StrategyLayers {
            parameters = JsonValues.freezeMap(parameters);
            var copy = new LinkedHashMap<String, Map<String, @Nullable Object>>();
            symbols.forEach((symbol, layer) -> copy.put(symbol, JsonValues.freezeMap(layer)));
            symbols = Collections.unmodifiableMap(copy);
        }

        private StrategyLayers with(Map<String, @Nullable Object> global) {
            return new StrategyLayers(global, symbols);
        }

        private StrategyLayers with(String symbol, Map<String, @Nullable Object> layer) {
            var more = new LinkedHashMap<>(symbols);
            more.put(symbol, layer);
            return new StrategyLayers(parameters, more);
        }
    }

    public WholeConfig {
        application = JsonValues.freezeMap(application);
        strategies = Collections.unmodifiableMap(new LinkedHashMap<>(strategies));
    }

    /** What is stored now; a strategy without stored parameters is left out. */
    public static WholeConfig of(ConfigState state) {
        var strategies = new TreeMap<String, StrategyLayers>();
        state.documents().forEach((key, stored) -> {
            var id = key.strategyId().orElse("");
            var layers = strategies.getOrDefault(id, StrategyLayers.NONE);
            var values = stored.value().fields();
            switch (key.kind()) {
                case STRATEGY -> strategies.put(id, layers.with(values));
                case STRATEGY_SYMBOL ->
                    strategies.put(id, layers.with(key.symbol().orElseThrow(), values));
                case APPLICATION, LIFECYCLE, OTHER -> {}
            }
        });
        return new WholeConfig(state.application().toDocument().fields(), strategies);
    }
}
