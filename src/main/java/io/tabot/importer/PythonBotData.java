package io.tabot.importer;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the Python bot and the data manager hold about the bot's configuration, by collection or table, each in the
 * order in which the database gives it. The bot itself reads the first document of {@code app_config}, so the order
 * means something.
 */
public record PythonBotData(Map<String, List<SourceRow>> rows) {
    public static final String APPLICATION = "app_config";
    public static final String APPLICATION_AUDIT = "app_config_audit";
    public static final String GLOBAL_PARAMETERS = "strategy_configs_global";
    public static final String SYMBOL_PARAMETERS = "strategy_configs_symbol";
    public static final String PARAMETERS_AUDIT = "strategy_config_audit";
    /** Where the bot keeps what people decided about a strategy's life. */
    public static final String LIFECYCLE = "strategy_lifecycle_events";
    /** Where the data manager keeps parameters, which the bot never asked it for. */
    public static final String MANAGED_PARAMETERS = "strategy_configs";
    /** What it calls the audit of these. */
    public static final String MANAGED_AUDIT = "strategy_configs_audit";

    /** Of MongoDB. */
    static final List<String> COLLECTIONS = List.of(
            APPLICATION,
            APPLICATION_AUDIT,
            GLOBAL_PARAMETERS,
            SYMBOL_PARAMETERS,
            PARAMETERS_AUDIT,
            LIFECYCLE,
            MANAGED_PARAMETERS,
            MANAGED_AUDIT);

    /** Of MySQL, as the bot's own migration makes them. */
    static final List<String> TABLES = List.of(GLOBAL_PARAMETERS, SYMBOL_PARAMETERS, PARAMETERS_AUDIT);

    public PythonBotData {
        rows = rows.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> List.copyOf(entry.getValue())));
    }

    List<SourceRow> of(String collection) {
        return rows.getOrDefault(collection, List.of());
    }

    public boolean isEmpty() {
        return rows.values().stream().allMatch(List::isEmpty);
    }

    /** Whether it is a record of what happened; else it is what is in force. */
    static boolean isHistory(String collection) {
        return collection.endsWith("_audit") || collection.equals(LIFECYCLE);
    }
}
