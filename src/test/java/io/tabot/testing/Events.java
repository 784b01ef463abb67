package io.tabot.testing;

import io.tabot.config.AppConfig;
import io.tabot.config.ChangeMeta;
import io.tabot.config.ChangeMeta.Through;
import io.tabot.config.ConfigCommand;
import io.tabot.config.ConfigEvent;
import io.tabot.config.ConfigRules;
import io.tabot.config.ConfigState;
import io.tabot.config.DocumentEdit;
import io.tabot.config.Outcome;
import io.tabot.config.Precondition;
import io.tabot.config.RuleSettings;
import io.tabot.config.WholeConfig;
import io.tabot.strategy.StrategyCatalog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Histories and commands for tests, made by the real rules. */
public final class Events {
    public static final StrategyCatalog CATALOG = StrategyCatalog.standard();
    public static final ConfigRules RULES = new ConfigRules(CATALOG, RuleSettings.DEFAULTS);
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private Events() {}

    /** A history of so many events: a first configuration, then changes of {@code max_positions}. */
    public static List<ConfigEvent> chain(int count) {
        return chainAfter(List.of(), "history", count);
    }

    /** The history continued by so many events with this reason. */
    public static List<ConfigEvent> chainAfter(List<ConfigEvent> before, String reason, int count) {
        var events = new ArrayList<>(before);
        var state = ConfigState.replay("test", before);
        for (var i = 0; i < count; i++) {
            var command = state.revision() == 0 ? first() : maxPositions(100 + (int) state.revision(), reason);
            var accept = (Outcome.Accept) RULES.decide(state, command, events, START.plusSeconds(state.revision()));
            events.add(accept.event());
            state = accept.next();
        }
        return events;
    }

    /** The first configuration: every strategy on BTCUSDT and ETHUSDT, 5m and 4h. */
    public static ConfigCommand.Initialize first() {
        return first(CATALOG);
    }

    public static ConfigCommand.Initialize first(StrategyCatalog catalog) {
        var defaults = AppConfig.defaults(catalog, List.of("BTCUSDT", "ETHUSDT"), List.of("5m", "4h"));
        return new ConfigCommand.Initialize(
                new WholeConfig(defaults.toDocument().fields(), Map.of()),
                defaults,
                ChangeMeta.of("system_startup", Through.STARTUP, "first configuration"));
    }

    public static ConfigCommand.ChangeOne maxPositions(int value, String reason) {
        return application(Map.of("max_positions", value), ChangeMeta.of("tester", Through.API, reason));
    }

    public static ConfigCommand.ChangeOne application(Map<String, ?> fields, ChangeMeta meta) {
        return new ConfigCommand.ChangeOne(
                new DocumentEdit.UpdateApplication(Map.copyOf(fields), Precondition.NONE), meta);
    }
}
