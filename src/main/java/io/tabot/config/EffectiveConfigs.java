package io.tabot.config;

import io.tabot.market.Symbol;
import io.tabot.strategy.StrategyCatalog;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One revision compiled for every symbol that asks. Symbols without parameters of their own share one result, so that
 * a change costs one compilation, not one a symbol.
 */
public final class EffectiveConfigs {
    private static final Symbol ANY = new Symbol("*");

    private final ConfigState state;
    private final StrategyCatalog catalog;
    private final Map<Symbol, EffectiveConfig> compiled = new ConcurrentHashMap<>();

    public EffectiveConfigs(ConfigState state, StrategyCatalog catalog) {
        this.state = state;
        this.catalog = catalog;
    }

    public long revision() {
        return state.revision();
    }

    public EffectiveConfig of(Symbol symbol) {
        return compiled.computeIfAbsent(hasOwnParameters(symbol) ? symbol : ANY, key -> state.effective(catalog, key));
    }

    private boolean hasOwnParameters(Symbol symbol) {
        return state.documents().keySet().stream()
                .anyMatch(key -> key.symbol().filter(symbol.name()::equals).isPresent());
    }
}
