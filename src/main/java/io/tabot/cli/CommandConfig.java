package io.tabot.cli;

import io.tabot.config.AppConfig;
import io.tabot.config.ChangeMeta;
import io.tabot.config.ConfigCommand.Initialize;
import io.tabot.config.ConfigCompiler;
import io.tabot.config.ConfigRules;
import io.tabot.config.ConfigState;
import io.tabot.config.EffectiveConfig;
import io.tabot.config.FieldError;
import io.tabot.config.Outcome;
import io.tabot.config.RuleSettings;
import io.tabot.config.WholeConfig;
import io.tabot.market.Symbol;
import io.tabot.strategy.RuleSet;
import io.tabot.strategy.StrategyCatalog;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The configuration that a command evaluates under: a file's, over the defaults of a command, judged by the same rules
 * as a change over the API. The defaults hold nothing back: every strategy, no bounds of confidence.
 */
final class CommandConfig {
    private final StrategyCatalog catalog;
    private final RuleSettings rules;
    private WholeConfig config = new WholeConfig(Map.of(), Map.of());
    private String origin = "the options";

    CommandConfig(StrategyCatalog catalog, RuleSettings rules) {
        this.catalog = catalog;
        this.rules = rules;
    }

    /** Reads what {@code GET /api/v1/config} gives as data. */
    CommandConfig file(Path file) {
        origin = file.toString();
        config = ConfigFile.read(file);
        return this;
    }

    CommandConfig ruleSet(RuleSet ruleSet) {
        return with(AppConfig.RULE_SET, ruleSet.id());
    }

    CommandConfig strategies(List<String> ids) {
        return with(AppConfig.ENABLED_STRATEGIES, ids);
    }

    EffectiveConfig compile(String environment, Symbol symbol) {
        return ConfigCompiler.compile(state(environment), catalog, symbol);
    }

    private ConfigState state(String environment) {
        var meta = ChangeMeta.of("command-line", ChangeMeta.Through.STARTUP, null);
        var empty = ConfigState.empty(environment);
        var command = new Initialize(config, defaults(), meta);
        return switch (new ConfigRules(catalog, rules).decide(empty, command, List.of(), Instant.EPOCH)) {
            case Outcome.Accept accepted -> accepted.next();
            case Outcome.Invalid(var errors) -> throw refused(errors);
            case Outcome.Unchanged _, Outcome.Repeat _, Outcome.KeyReused _, Outcome.Stale _, Outcome.Unknown _ ->
                throw new IllegalStateException("an empty history can't refuse a first configuration like this");
        };
    }

    private AppConfig defaults() {
        var first = AppConfig.defaults(catalog, List.of(), List.of());
        return new AppConfig(
                first.enabledStrategies(),
                first.symbols(),
                first.candlePeriods(),
                0,
                1,
                first.maxPositions(),
                first.positionSizes(),
                RuleSet.PYTHON,
                false);
    }

    private CommandConfig with(String field, Object value) {
        var application = new LinkedHashMap<String, @Nullable Object>(config.application());
        application.put(field, value);
        config = new WholeConfig(application, config.strategies());
        return this;
    }

    private UserError refused(List<FieldError> errors) {
        return ConfigFile.refused(origin, errors);
    }
}
