package io.tabot.cli;

import io.tabot.Settings;
import io.tabot.config.EffectiveConfig;
import io.tabot.config.RuleSettings;
import io.tabot.market.Symbol;
import io.tabot.strategy.RuleSet;
import io.tabot.strategy.StrategyCatalog;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say under which configuration the engine runs. */
final class ConfigOptions {
    @Option(names = "--rule-set", paramLabel = "RULE_SET", description = "python or corrected.")
    private @Nullable RuleSet ruleSet;

    @Option(names = "--strategies", split = ",", paramLabel = "ID", description = "Run only these.")
    private @Nullable List<String> strategies;

    @Option(
            names = "--config",
            paramLabel = "FILE.json",
            description = "Run under this configuration; its shape is that of the data of GET /api/v1/config.")
    private @Nullable Path configFile;

    EffectiveConfig effective(Settings settings, Symbol symbol) {
        var command = new CommandConfig(
                StrategyCatalog.standard(), new RuleSettings(settings.config().quoteCurrencies()));
        if (configFile != null) {
            command.file(configFile);
        }
        if (ruleSet != null) {
            command.ruleSet(ruleSet);
        }
        if (strategies != null) {
            command.strategies(strategies);
        }
        return command.compile(settings.environment(), symbol);
    }
}
