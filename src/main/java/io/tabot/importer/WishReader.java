package io.tabot.importer;

import io.tabot.config.AppConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a configuration became out of the shapes that the Python bot and the data manager stored: the fields of
 * the application at the top, or under {@code parameters}; the parameters of a strategy with or without a symbol.
 */
final class WishReader {
    private static final List<String> KNOWN = List.of(
            AppConfig.ENABLED_STRATEGIES,
            AppConfig.SYMBOLS,
            AppConfig.CANDLE_PERIODS,
            AppConfig.MIN_CONFIDENCE,
            AppConfig.MAX_CONFIDENCE,
            AppConfig.MAX_POSITIONS,
            AppConfig.POSITION_SIZES);

    private static final String DELETE = "DELETE";

    private final List<String> strategies;

    /** @param strategies all that there are */
    WishReader(List<String> strategies) {
        this.strategies = List.copyOf(strategies);
    }

    Optional<Wish> auditedApplication(SourceRow row, List<String> notes) {
        return row.object("new_config", "new_parameters").flatMap(config -> application(config, notes));
    }

    Optional<Wish> application(Map<String, @Nullable Object> config, List<String> notes) {
        var nested = SourceRow.asObject(config.get("parameters"));
        nested.ifPresent(_ -> notes.add("stored by the data manager, where the bot itself saw empty lists"));
        var given = nested.orElse(config);
        var fields = new LinkedHashMap<String, @Nullable Object>();
        for (var field : KNOWN) {
            var value = given.get(field);
            if (value instanceof List<?> list && list.isEmpty()) {
                meantByEmpty(field, fields, notes);
            } else if (value != null) {
                fields.put(field, value);
            }
        }
        return fields.isEmpty() ? Optional.empty() : Optional.of(new Wish.Application(fields));
    }

    /** There, no strategies meant all of them, and of the rest those that the process was started with. */
    private void meantByEmpty(String field, Map<String, @Nullable Object> fields, List<String> notes) {
        if (field.equals(AppConfig.ENABLED_STRATEGIES)) {
            fields.put(field, strategies);
            notes.add("no enabled_strategies meant all");
        } else {
            notes.add("empty " + field + " left out");
        }
    }

    Optional<Wish> auditedParameters(SourceRow row) {
        var became = row.object("new_parameters");
        return DELETE.equals(row.fields().get("action")) && became.isEmpty()
                ? row.text("strategy_id").map(id -> new Wish.NoParameters(id, symbol(row)))
                : parameters(row, became);
    }

    /** The stage is put as it is written there; whether it may follow the one before is judged as ever. */
    Optional<Wish> stage(SourceRow row) {
        var decision = row.text("decision_id").orElse(null);
        var reasoning = row.text("reasoning_context").orElse(null);
        return row.text("strategy_id")
                .flatMap(id -> row.text("to_state").map(state -> new Wish.Stage(id, state, decision, reasoning)));
    }

    Optional<Wish> parameters(SourceRow row, Optional<Map<String, @Nullable Object>> parameters) {
        return row.text("strategy_id")
                .flatMap(id -> parameters.map(values -> new Wish.Parameters(id, symbol(row), values)));
    }

    private static @Nullable String symbol(SourceRow row) {
        return row.text("symbol").orElse(null);
    }
}
