package io.tabot.mcp;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Which call of the API each tool is, by its name. */
final class ToolCalls {
    private static final String STRATEGY = "strategy_id";
    private static final String DOCUMENT = "document";
    private static final List<String> STATUS_DETAILS = List.of("health", "cluster", "journals", "chain");

    static final Map<String, Function<ToolArguments, ApiCall>> ALL = Map.of(
            "list_strategies", ToolCalls::listStrategies,
            "get_config", ToolCalls::getConfig,
            "explain_value", ToolCalls::explainValue,
            "explain_signal", ToolCalls::explainSignal,
            "validate_change", ToolCalls::validateChange,
            "preview_diff", ToolCalls::previewDiff,
            "apply_change", ToolCalls::applyChange,
            "roll_back", ToolCalls::rollBack,
            "audit", ToolCalls::audit,
            "status", ToolCalls::status);

    private ToolCalls() {}

    private static ApiCall listStrategies(ToolArguments arguments) {
        return arguments
                .text(STRATEGY)
                .map(id -> ApiCall.read(ApiCall.api("strategies", id, "schema"), Map.of()))
                .orElseGet(() -> ApiCall.read(ApiCall.api("strategies"), Map.of()));
    }

    private static ApiCall getConfig(ToolArguments arguments) {
        var moment = arguments.query("revision", "at", "signal");
        if (!arguments.has(DOCUMENT)) {
            return ApiCall.read(ApiCall.api("config"), moment);
        }
        if (!moment.isEmpty()) {
            arguments.refuse("the past is told of the whole configuration: leave out document, or "
                    + String.join(", ", moment.keySet()));
        }
        return DocumentCalls.read(arguments, DOCUMENT);
    }

    private static ApiCall explainValue(ToolArguments arguments) {
        return ApiCall.read(
                ApiCall.api("strategies", arguments.required(STRATEGY), "effective"), arguments.query("symbol"));
    }

    private static ApiCall explainSignal(ToolArguments arguments) {
        var filters =
                arguments.query("symbol", "strategy", "timeframe", "action", "since", "until", "revision", "limit");
        if (arguments.has("intent_id") && !filters.isEmpty()) {
            arguments.refuse("give intent_id to explain one signal, or filters to list signals, not both");
        }
        return arguments
                .text("intent_id")
                .map(id -> ApiCall.read(ApiCall.api("signals", id), Map.of()))
                .orElseGet(() -> ApiCall.read(ApiCall.api("signals"), filters));
    }

    private static ApiCall validateChange(ToolArguments arguments) {
        requireChanges(arguments);
        return rehearsal(arguments);
    }

    private static ApiCall previewDiff(ToolArguments arguments) {
        if (arguments.has("changes") == arguments.has("from")) {
            arguments.refuse("give either changes, to see what they would do, or from, to compare two moments");
        }
        return arguments.has("changes")
                ? rehearsal(arguments)
                : ApiCall.read(ApiCall.api("config", "diff"), arguments.query("from", "to"));
    }

    private static ApiCall rehearsal(ToolArguments arguments) {
        var body = arguments.body("changes", "expected_revision", "changed_by");
        body.put("validate_only", true);
        return ApiCall.post(ApiCall.api("config", "changes"), body);
    }

    private static ApiCall applyChange(ToolArguments arguments) {
        requireChanges(arguments);
        var _ = arguments.required("reason");
        var body = arguments.body("changes", "reason", "expected_revision", "changed_by");
        return change(arguments, ApiCall.read(ApiCall.api("config", "changes"), Map.of()), body);
    }

    private static ApiCall rollBack(ToolArguments arguments) {
        var _ = arguments.required("reason");
        var body = arguments.body(
                "target_version",
                "target_revision",
                "target_time",
                "rollback_id",
                "reason",
                "expected_revision",
                "changed_by",
                "validate_only");
        return change(
                arguments,
                arguments.has(DOCUMENT)
                        ? DocumentCalls.rollback(arguments, DOCUMENT)
                        : ApiCall.read(ApiCall.api("config", "rollback"), Map.of()),
                body);
    }

    private static ApiCall audit(ToolArguments arguments) {
        return ApiCall.read(
                ApiCall.api("audit"),
                arguments.query(
                        DOCUMENT,
                        "changed_by",
                        "who",
                        "action",
                        "through",
                        "strategy",
                        "symbol",
                        "since",
                        "until",
                        "reason",
                        "limit",
                        "cursor"));
    }

    private static ApiCall status(ToolArguments arguments) {
        var detail = arguments.text("detail").orElse("health");
        return switch (detail) {
            case "cluster" -> ApiCall.read(ApiCall.api("cluster"), Map.of());
            case "journals" -> ApiCall.read(ApiCall.api("config", "journals"), Map.of());
            case "chain" -> ApiCall.read(ApiCall.api("audit", "verify"), Map.of());
            default -> {
                if (!STATUS_DETAILS.contains(detail)) {
                    arguments.refuse("detail must be one of " + String.join(", ", STATUS_DETAILS));
                }
                yield ApiCall.read(List.of("health"), Map.of());
            }
        };
    }

    private static void requireChanges(ToolArguments arguments) {
        if (!arguments.has("changes")) {
            arguments.refuse("changes is required: a list of documents with what is to be different in them");
        }
    }

    private static ApiCall change(ToolArguments arguments, ApiCall address, Map<String, @Nullable Object> body) {
        var query = new LinkedHashMap<>(address.query());
        if (arguments.flag("wait_applied")) {
            query.put("wait", "applied");
        }
        return new ApiCall(
                address.path(), query, body, arguments.text("idempotency_key").orElse(null));
    }
}
