package io.tabot.config;

import io.tabot.config.EffectiveConfig.ActiveStrategy;
import io.tabot.config.EffectiveConfig.Limits;
import io.tabot.market.Symbol;
import io.tabot.strategy.Strategy;
import io.tabot.strategy.StrategyCatalog;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** From stored documents to what an engine runs. A pure function of its arguments, so its results may be kept. */
public final class ConfigCompiler {
    private ConfigCompiler() {}

    public static EffectiveConfig compile(ConfigState state, StrategyCatalog catalog, Symbol symbol) {
        var application = state.application();
        var enabled = Set.copyOf(application.enabledStrategies());
        var strategies = catalog.strategies().stream()
                .filter(strategy -> enabled.contains(strategy.definition().id()))
                .flatMap(strategy -> active(state, strategy, symbol).stream())
                .toList();
        return new EffectiveConfig(
                state.revision(),
                application.ruleSet(),
                application.paused(),
                application.minConfidence(),
                application.maxConfidence(),
                new Limits(application.maxPositions(), application.positionSizes()),
                strategies);
    }

    private static Optional<ActiveStrategy> active(ConfigState state, Strategy strategy, Symbol symbol) {
        var schema = strategy.definition().schema();
        var parameters = EffectiveParameters.explain(state, strategy, overridden(state, strategy, symbol));
        var values = parameters.compiled(schema);
        return values.isOn(schema.enabled())
                ? Optional.of(new ActiveStrategy(strategy, values, parameters.hash()))
                : Optional.empty();
    }

    // A symbol may have a name that no document can have: the command line asks nothing of it.
    private static @Nullable String overridden(ConfigState state, Strategy strategy, Symbol symbol) {
        return DocumentKey.of("strategy/" + strategy.definition().id() + "/" + symbol.name())
                .filter(state.documents()::containsKey)
                .flatMap(DocumentKey::symbol)
                .orElse(null);
    }
}
