package io.tabot.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tabot.config.AppConfig;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what is configured, now or at an earlier moment. */
@Command(
        name = "get",
        description = "Show the configuration: all of it, or one document.",
        footer = {
            "",
            "Examples:",
            "  bin/ta-bot config get",
            "  bin/ta-bot config get application --at 2026-02-03T22:00:00Z",
            "  bin/ta-bot config get rsi_extreme_reversal BTCUSDT --effective"
        })
final class ConfigGetCommand implements Callable<Integer> {
    private static final String WHOLE = "/api/v1/config";

    @Mixin
    private ServiceReport report;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "0..2", paramLabel = "TARGET", description = ConfigTarget.LABEL + ". Default: everything.")
    private List<String> words = List.of();

    @Option(
            names = "--effective",
            description = "Of a strategy: every parameter that applies, and where its value comes from.")
    private boolean isEffective;

    @ArgGroup
    private Moment.@Nullable Options moment;

    ConfigGetCommand(ServiceReport report) {
        this.report = report;
    }

    @Override
    public Integer call() throws IOException {
        if (words.isEmpty() && !isEffective) {
            return report.tell(report.service().read(WHOLE + query()), ConfigGetCommand::everything);
        }
        var target = target();
        if (isEffective) {
            return report.tell(report.service().read(target.effectiveRoute()), ConfigGetCommand::effective);
        }
        return moment == null
                ? report.tell(report.service().read(target.route()), answer -> document(target, answer))
                : report.tell(earlier(target), answer -> head(target, answer) + fields(target, answer.data()));
    }

    private ConfigTarget target() {
        var target = ConfigTarget.of(words)
                .orElseThrow(() -> usage(String.join(" ", words) + " is not " + ConfigTarget.LABEL));
        if (isEffective && (target.isApplication() || moment != null)) {
            throw usage(
                    "--effective tells what applies to a strategy now: not of the application, and of no other time");
        }
        return target;
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private String query() {
        return moment == null ? "" : moment.query();
    }

    /** The part of the whole that the target is. */
    private ServiceAnswer earlier(ConfigTarget target) {
        var answer = report.service().read(WHOLE + query());
        return answer.isDone() ? answer.withData(part(target, answer.data())) : answer;
    }

    private static JsonNode part(ConfigTarget target, JsonNode whole) {
        if (target.isApplication()) {
            return whole.path("application");
        }
        var layers = whole.path("strategies").path(target.key().strategyId().orElseThrow());
        var part = target.key()
                .symbol()
                .map(symbol -> layers.path("symbols").path(symbol))
                .orElseGet(() -> layers.path("parameters"));
        return part.isObject() ? part : JsonNodeFactory.instance.objectNode();
    }

    private static String everything(ServiceAnswer answer) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("STRATEGY", "SYMBOL", "PARAMETER", "VALUE"));
        answer.data().path("strategies").properties().forEach(strategy -> {
            var layers = strategy.getValue();
            add(rows, strategy.getKey(), "all", layers.path("parameters"));
            layers.path("symbols")
                    .properties()
                    .forEach(symbol -> add(rows, strategy.getKey(), symbol.getKey(), symbol.getValue()));
        });
        return "revision " + answer.revision() + "\n\n"
                + table("FIELD", answer.data().path("application"))
                + (rows.size() == 1 ? "\nevery strategy has its default parameters\n" : "\n" + TextTable.of(rows));
    }

    private static void add(List<List<String>> rows, String strategy, String symbol, JsonNode parameters) {
        parameters
                .properties()
                .forEach(parameter ->
                        rows.add(List.of(strategy, symbol, parameter.getKey(), ValueText.of(parameter.getValue()))));
    }

    private static String document(ConfigTarget target, ServiceAnswer answer) {
        var data = answer.data();
        var isStored = data.path("version").asLong() > 0;
        var head = target.text()
                + (isStored ? ": version " + data.path("version") + ", revision " + data.path("revision") : "")
                + (data.hasNonNull("updated_at")
                        ? ", changed " + data.path("updated_at").asText()
                        : "")
                + "\n";
        return head + fields(target, target.isApplication() ? application(data) : data.path("stored"));
    }

    /** The fields that can be set, without what the answer tells about the document. */
    private static JsonNode application(JsonNode data) {
        var fields = JsonNodeFactory.instance.objectNode();
        AppConfig.FIELDS.forEach(name -> fields.set(name, data.path(name)));
        return fields;
    }

    private static String head(ConfigTarget target, ServiceAnswer answer) {
        return target.text() + " as of revision " + answer.revision() + "\n";
    }

    private static String fields(ConfigTarget target, JsonNode fields) {
        if (!fields.isEmpty()) {
            return table(target.isApplication() ? "FIELD" : "PARAMETER", fields);
        }
        var below = target.key().symbol().isPresent() ? "parameters for every symbol" : "defaults";
        return "nothing is set here, the " + below + " apply; --effective shows them\n";
    }

    private static String table(String heading, JsonNode fields) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of(heading, "VALUE"));
        fields.properties().forEach(field -> rows.add(List.of(field.getKey(), ValueText.of(field.getValue()))));
        return TextTable.wrapped(rows);
    }

    private static String effective(ServiceAnswer answer) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("PARAMETER", "VALUE", "FROM", "REVISION"));
        answer.data().path("parameters").properties().forEach(parameter -> {
            var item = parameter.getValue();
            rows.add(List.of(
                    parameter.getKey(),
                    ValueText.of(item.path("value")),
                    item.path("layer").asText(),
                    ValueText.of(item.path("revision"))));
        });
        return TextTable.of(rows);
    }
}
