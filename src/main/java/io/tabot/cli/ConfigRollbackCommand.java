package io.tabot.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Brings back an earlier state, as a new change. */
@Command(
        name = "rollback",
        description = "Bring back an earlier state of one document, or of everything.",
        footer = {
            "",
            "It is a change like any other: it can be undone in the same way, and nothing is lost from the history.",
            "",
            "Examples:",
            "  bin/ta-bot config rollback application --to previous --reason 'too loud'",
            "  bin/ta-bot config rollback rsi_extreme_reversal BTCUSDT --to v1",
            "  bin/ta-bot config rollback --all --to 2026-02-03T22:00:00Z --dry-run"
        })
final class ConfigRollbackCommand implements Callable<Integer> {
    private static final String EVERYTHING = "/api/v1/config/rollback";
    private static final Pattern VERSION = Pattern.compile("v(\\d{1,16})");
    private static final Pattern AUDIT_ID = Pattern.compile("[a-z0-9-]{1,32}-\\d{1,16}");
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

    @Mixin
    private ServiceReport report;

    @Mixin
    private ChangeOptions change = new ChangeOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "0..2", paramLabel = "TARGET", description = ConfigTarget.LABEL + ".")
    private List<String> words = List.of();

    @Option(names = "--all", description = "Everything instead of one document, as one change.")
    private boolean isAll;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "STATE",
            description = "previous, a revision, a time with its offset, the id of a change in the audit, or v1 for the"
                    + " first version of the document.")
    private String to = "";

    ConfigRollbackCommand(ServiceReport report) {
        this.report = report;
    }

    @Override
    public Integer call() throws IOException {
        if (isAll != words.isEmpty()) {
            throw usage("give either " + ConfigTarget.LABEL + ", or --all");
        }
        if (isAll) {
            return send(EVERYTHING, "everything");
        }
        var target = ConfigTarget.of(words)
                .orElseThrow(() -> usage(String.join(" ", words) + " is not " + ConfigTarget.LABEL));
        return send(target.rollbackRoute(), target.text());
    }

    private int send(String route, String what) throws IOException {
        var answer = report.service().post(change.route(route), withState(change.body()), change.headers());
        return report.changed(answer, what);
    }

    private ObjectNode withState(ObjectNode body) {
        var version = VERSION.matcher(to);
        if (to.equals("previous")) {
            return body;
        }
        if (version.matches()) {
            return body.put("target_version", Long.parseLong(version.group(1)));
        }
        if (Moment.isRevision(to)) {
            return body.put("target_revision", Long.parseLong(to));
        }
        if (Moment.isTime(to)) {
            return body.put("target_time", to);
        }
        if (DATE.matcher(to).matches() || !AUDIT_ID.matcher(to).matches()) {
            throw usage("'" + to + "' is not previous, a revision, a time with its offset (2026-02-03T22:00:00Z),"
                    + " the id of a change (production-42) or a version (v1)");
        }
        return body.put("rollback_id", to);
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
