package io.tabot;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Environment variables of the Python bot that nothing here reads; docs/migration.md tells what replaces them. HOSTNAME
 * is not among them: every container has one.
 */
final class PythonVariables {
    private static final Set<String> MEANINGLESS = Set.of(
            "NATS_SUBJECT_PREFIX",
            "NATS_SUBJECT_PREFIX_PRODUCTION",
            "API_ENDPOINT",
            "ENABLE_REST_PUBLISHING",
            "LOG_FORMAT",
            "DATA_MANAGER_URL",
            "DATA_MANAGER_TIMEOUT",
            "CONFIG_RATE_LIMIT_PER_AGENT",
            "CONFIG_RATE_LIMIT_COOLDOWN",
            "TRADEENGINE_URL",
            "REALTIME_STRATEGIES_URL",
            "CIO_URL",
            "OTEL_SERVICE_VERSION",
            "OTEL_NO_AUTO_INIT",
            "OTEL_ENABLED",
            "DEFAULT_STOP_LOSS_PCT",
            "DEFAULT_TAKE_PROFIT_PCT",
            "ATR_STOP_LOSS_MULTIPLIER",
            "ATR_TAKE_PROFIT_MULTIPLIER",
            "ENABLE_METRICS",
            "ENABLE_TRACES",
            "ENABLE_LOGS",
            "CONFIG_CACHE_TTL_SECONDS",
            "CONFIG_REFRESH_INTERVAL_SECONDS",
            "FASTAPI_HOST",
            "FASTAPI_PORT",
            "HEALTH_CHECK_PORT",
            "HEALTH_CHECK_INTERVAL",
            "RSI_PERIOD",
            "ADX_PERIOD",
            "ATR_PERIOD",
            "DEBUG",
            "SIMULATION_MODE");

    /** Whole families. */
    private static final List<String> MEANINGLESS_PREFIXES = List.of("TA_BOT_", "MACD_", "BB_");

    private static final Set<String> MEANT = Set.of("TA_BOT_ENVIRONMENT", "TA_BOT_LOG_LEVEL");

    private PythonVariables() {}

    /** Those of an environment that have no effect, in order. */
    static List<String> ignored(Map<String, String> environment) {
        return environment.keySet().stream()
                .filter(name -> !MEANT.contains(name))
                .filter(name -> MEANINGLESS.contains(name)
                        || MEANINGLESS_PREFIXES.stream().anyMatch(name::startsWith))
                .sorted()
                .toList();
    }
}
