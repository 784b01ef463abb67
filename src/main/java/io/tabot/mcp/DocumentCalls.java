package io.tabot.mcp;

import io.tabot.config.DocumentKey;
import java.util.Map;

/** Where the API has a document, by the name that changes and the audit call it. */
final class DocumentCalls {
    private static final String NAMES = "application, strategy/<id>, strategy/<id>/<SYMBOL> or lifecycle/<id>";

    private DocumentCalls() {}

    static ApiCall read(ToolArguments arguments, String argument) {
        var key = key(arguments, argument);
        var strategy = key.strategyId().orElse("");
        return switch (key.kind()) {
            case APPLICATION -> ApiCall.read(ApiCall.api("config", "application"), Map.of());
            case STRATEGY -> ApiCall.read(ApiCall.api("strategies", strategy, "config"), Map.of());
            case STRATEGY_SYMBOL ->
                ApiCall.read(
                        ApiCall.api(
                                "strategies", strategy, "config", key.symbol().orElse("")),
                        Map.of());
            case LIFECYCLE -> ApiCall.read(ApiCall.api("strategies", strategy, "lifecycle"), Map.of());
            case OTHER -> unknown(arguments, argument);
        };
    }

    /** The address that a rollback of the document is posted to. */
    static ApiCall rollback(ToolArguments arguments, String argument) {
        var key = key(arguments, argument);
        return switch (key.kind()) {
            case APPLICATION -> ApiCall.read(ApiCall.api("config", "application", "rollback"), Map.of());
            case STRATEGY, STRATEGY_SYMBOL ->
                ApiCall.read(
                        ApiCall.api("strategies", key.strategyId().orElse(""), "rollback"),
                        key.symbol().map(symbol -> Map.of("symbol", symbol)).orElse(Map.of()));
            case LIFECYCLE -> {
                arguments.refuse("the life of a strategy is not rolled back; move it to another stage over the API");
                yield ApiCall.read(ApiCall.api(), Map.of());
            }
            case OTHER -> unknown(arguments, argument);
        };
    }

    private static DocumentKey key(ToolArguments arguments, String argument) {
        var name = arguments.required(argument);
        return DocumentKey.of(name).orElseGet(() -> {
            unknown(arguments, argument);
            return DocumentKey.APPLICATION;
        });
    }

    private static ApiCall unknown(ToolArguments arguments, String argument) {
        arguments.refuse(argument + " must be " + NAMES);
        return ApiCall.read(ApiCall.api(), Map.of());
    }
}
