package io.tabot.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tabot.cli.Assignment.Operation;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Changes fields of one document. */
@Command(
        name = "set",
        description = "Set fields of the application, or parameters of a strategy, for every symbol or for one.",
        footer = {
            "",
            "NAME=default takes a parameter out, so that the layer below applies again. Lists are separated by commas;"
                    + " NAME+=ITEM and NAME-=ITEM add to a list and take out of it.",
            "",
            "Examples:",
            "  bin/ta-bot config set application paused=true --reason 'bad news'",
            "  bin/ta-bot config set application symbols+=SOLUSDT --dry-run",
            "  bin/ta-bot config set rsi_extreme_reversal enabled=false",
            "  bin/ta-bot config set rsi_extreme_reversal BTCUSDT rsi_period=default"
        })
final class ConfigSetCommand implements Callable<Integer> {
    /** Fields of a request that stand beside those of the document. */
    private static final List<String> OPTIONS =
            List.of("changed_by", "reason", "validate_only", "expected_revision", "expected_version");

    @Mixin
    private ServiceReport report;

    @Mixin
    private ChangeOptions change = new ChangeOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "application|STRATEGY", description = "Of what.")
    private String first = "";

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "[SYMBOL] NAME=VALUE",
            description = "Which symbol, if one only; then what to set.")
    private List<String> others = List.of();

    ConfigSetCommand(ServiceReport report) {
        this.report = report;
    }

    @Override
    public Integer call() throws IOException {
        var words = Stream.concat(Stream.of(first), others.stream()).toList();
        var names =
                words.stream().takeWhile(word -> Assignment.of(word).isEmpty()).toList();
        var target = ConfigTarget.of(names)
                .orElseThrow(() -> usage("'" + String.join(" ", names) + "' is not " + ConfigTarget.LABEL));
        var assignments =
                words.stream().skip(names.size()).map(this::assignment).toList();
        if (assignments.isEmpty()) {
            throw usage("what is to be set? give NAME=VALUE");
        }
        return target.isApplication() ? setFields(target, assignments) : setParameters(target, assignments);
    }

    private int setParameters(ConfigTarget target, List<Assignment> assignments) throws IOException {
        var body = change.body();
        var parameters = body.putObject("parameters");
        for (var assignment : assignments) {
            if (assignment.operation() != Operation.SET) {
                throw usage(assignment.name() + " is no list");
            }
            parameters.set(assignment.name(), assignment.parameter());
        }
        return send(target, body);
    }

    private int setFields(ConfigTarget target, List<Assignment> assignments) throws IOException {
        var isRelative = assignments.stream().anyMatch(assignment -> assignment.operation() != Operation.SET);
        if (!isRelative) {
            return send(target, filled(change.body(), assignments, MissingNode.getInstance()));
        }
        var present = report.service().read(target.route());
        return present.isDone()
                ? send(
                        target,
                        // What was added to is what was read, or the change is refused.
                        filled(change.body(present.data().path("revision").asLong()), assignments, present.data()))
                : report.tell(present, _ -> "");
    }

    private ObjectNode filled(ObjectNode body, List<Assignment> assignments, JsonNode present) {
        for (var assignment : assignments) {
            if (assignment.operation() != Operation.SET && !assignment.isOfList()) {
                throw usage(assignment.name() + " is no list");
            }
            if (OPTIONS.contains(assignment.name())) {
                throw usage(assignment.name() + " is no field; there is an option for it");
            }
            var before = body.has(assignment.name()) ? body.path(assignment.name()) : present.path(assignment.name());
            assignment.absent(before).forEach(item -> tell(item + " was not in " + assignment.name()));
            body.set(assignment.name(), assignment.field(before));
        }
        return body;
    }

    private int send(ConfigTarget target, ObjectNode body) throws IOException {
        var answer = report.service().post(change.route(target.route()), body, change.headers());
        return report.changed(answer, target.text());
    }

    /** Names that are misspelt would be as if they had been taken out. */
    private void tell(String note) {
        spec.commandLine().getErr().println("ta-bot: " + note);
    }

    private Assignment assignment(String word) {
        return Assignment.of(word).orElseThrow(() -> usage("'" + word + "' is not NAME=VALUE"));
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
