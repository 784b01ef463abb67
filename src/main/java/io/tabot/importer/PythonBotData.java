package io.tabot.importer;

import java.util.List;

/**
 * What the Python bot's database holds about its configuration, each list in the order in which the database gives it.
 * The bot itself reads the first document of {@code app_config}, so the order means something.
 */
public record PythonBotData(
        List<SourceRow> application,
        List<SourceRow> applicationAudit,
        List<SourceRow> globalParameters,
        List<SourceRow> symbolParameters,
        List<SourceRow> parametersAudit) {
    public static final String APPLICATION = "app_config";
    public static final String APPLICATION_AUDIT = "app_config_audit";
    public static final String GLOBAL_PARAMETERS = "strategy_configs_global";
    public static final String SYMBOL_PARAMETERS = "strategy_configs_symbol";
    public static final String PARAMETERS_AUDIT = "strategy_config_audit";

    public PythonBotData {
        application = List.copyOf(application);
        applicationAudit = List.copyOf(applicationAudit);
        globalParameters = List.copyOf(globalParameters);
        symbolParameters = List.copyOf(symbolParameters);
        parametersAudit = List.copyOf(parametersAudit);
    }

    int size() {
        return application.size()
                + applicationAudit.size()
                + globalParameters.size()
                + symbolParameters.size()
                + parametersAudit.size();
    }

    public boolean isEmpty() {
        return size() == 0;
    }
}
