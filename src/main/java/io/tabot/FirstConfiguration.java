package io.tabot;

import io.tabot.config.AppConfig;
import io.tabot.config.ChangeMeta;
import io.tabot.config.ChangeMeta.Through;
import io.tabot.config.ConfigCommand;
import io.tabot.config.ConfigRules;
import io.tabot.config.ConfigState;
import io.tabot.config.FieldError;
import io.tabot.config.Outcome;
import io.tabot.config.WholeConfig;
import io.tabot.demo.DemoCandles;
import io.tabot.market.Symbol;
import io.tabot.strategy.StrategyCatalog;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The configuration of the very first start, from the settings. A bad one stops the start, before anything is
 * stored.
 */
final class FirstConfiguration {
    private static final String CHANGED_BY = "system_startup";

    private FirstConfiguration() {}

    static ConfigCommand.Initialize of(Settings settings, StrategyCatalog catalog) {
        var demo = settings.nats().isEmpty();
        var config = demo
                ? AppConfig.defaults(
                        catalog,
                        DemoCandles.SYMBOLS.stream().map(Symbol::name).toList(),
                        List.of(DemoCandles.TIMEFRAME.id()))
                : AppConfig.defaults(
                        catalog,
                        settings.initial().symbols(),
                        settings.initial().timeframes());
        return new ConfigCommand.Initialize(
                new WholeConfig(config.toDocument().fields(), Map.of()),
                config,
                ChangeMeta.of(CHANGED_BY, Through.STARTUP, demo ? "first start of the demo" : "first start"));
    }

    /** @throws StartException if the rules refuse it */
    static void check(ConfigCommand.Initialize first, ConfigRules rules, Instant now) {
        var outcome = rules.decide(ConfigState.empty("check"), first, List.of(), now);
        if (outcome instanceof Outcome.Invalid(var errors)) {
            throw new StartException("the first configuration (tabot.initial) is not valid: "
                    + errors.stream().map(FieldError::message).collect(Collectors.joining("; ")));
        }
    }
}
