package io.tabot.testing;

import io.tabot.config.EffectiveConfig;
import io.tabot.config.EffectiveConfig.ActiveStrategy;
import io.tabot.config.EffectiveConfig.Limits;
import io.tabot.strategy.ParameterValues;
import io.tabot.strategy.RuleSet;
import io.tabot.strategy.Strategy;
import io.tabot.strategy.StrategyCatalog;
import java.util.List;
import java.util.Map;

/** Compiled configurations for tests of what reads them. */
public final class Configs {
    public static final StrategyCatalog CATALOG = StrategyCatalog.standard();

    private Configs() {}

    /** Every known strategy with its defaults and no confidence bounds. */
    public static EffectiveConfig everything(RuleSet ruleSet) {
        return of(ruleSet, CATALOG.strategies().stream().map(Configs::active).toList());
    }

    /** One known strategy with some parameters of its own and no confidence bounds. */
    public static EffectiveConfig only(String strategyId, RuleSet ruleSet, Map<String, ?> parameters) {
        return only(CATALOG.find(strategyId).orElseThrow(), ruleSet, parameters);
    }

    public static EffectiveConfig only(Strategy strategy, RuleSet ruleSet, Map<String, ?> parameters) {
        return of(ruleSet, List.of(active(strategy, parameters)));
    }

    public static EffectiveConfig of(RuleSet ruleSet, List<ActiveStrategy> strategies) {
        return new EffectiveConfig(1, ruleSet, false, 0, 1, new Limits(10, List.of(100, 200)), strategies);
    }

    public static ActiveStrategy active(Strategy strategy) {
        return active(strategy, Map.of());
    }

    private static ActiveStrategy active(Strategy strategy, Map<String, ?> parameters) {
        var values = ParameterValues.of(strategy.definition().schema(), parameters);
        return new ActiveStrategy(
                strategy, values, "hash of " + strategy.definition().id());
    }
}
