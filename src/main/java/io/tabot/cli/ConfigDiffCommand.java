package io.tabot.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tabot.config.WholeConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what differs between two moments, or between one and a file. */
@Command(
        name = "diff",
        description = "Show what differs between two configurations, field by field.",
        footer = {
            "",
            "Each is a revision, a time, or a file that config export wrote.",
            "",
            "Examples:",
            "  bin/ta-bot config diff 1",
            "  bin/ta-bot config diff 2026-02-03T22:00:00Z 42",
            "  bin/ta-bot config diff tested.json"
        })
final class ConfigDiffCommand implements Callable<Integer> {
    private static final String WHOLE = "/api/v1/config";

    @Mixin
    private ServiceReport report;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "FROM", description = "Revision, time or file.")
    private String from = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "TO",
            description = "Revision, time or file. Default: what is in force.")
    private @Nullable String to;

    ConfigDiffCommand(ServiceReport report) {
        this.report = report;
    }

    @Override
    public Integer call() throws IOException {
        var isOfService = isMoment(from) && (to == null || isMoment(to));
        if (!isOfService) {
            return compareHere();
        }
        var end = to == null ? "" : "&to=" + Moment.encoded(to);
        var answer = report.service().read(WHOLE + "/diff?from=" + Moment.encoded(from) + end);
        return report.tell(answer, ConfigDiffCommand::text);
    }

    /** The service knows nothing of files. */
    private int compareHere() throws IOException {
        if (to != null && !isMoment(from) && !isMoment(to)) {
            return tell(file(from), file(to));
        }
        var isFromFile = !isMoment(from);
        var moment = isFromFile ? to : from;
        var answer = report.service().read(WHOLE + (moment == null ? "" : Moment.query(moment)));
        if (!answer.isDone()) {
            return report.tell(answer, ConfigDiffCommand::text);
        }
        var ofService = ConfigFile.of(answer.data());
        return isFromFile ? tell(file(from), ofService) : tell(ofService, file(String.valueOf(to)));
    }

    private int tell(WholeConfig before, WholeConfig after) throws IOException {
        var envelope = JsonNodeFactory.instance.objectNode().put("success", true);
        envelope.putObject("data")
                .set("documents", WholeDiff.between(before, after).json());
        return report.tell(new ServiceAnswer(200, envelope), ConfigDiffCommand::text);
    }

    private boolean isMoment(String word) {
        return Moment.isRevision(word) || Moment.isTime(word);
    }

    private WholeConfig file(String word) {
        var path = Path.of(word);
        if (!Files.exists(path)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "'" + word + "' is no revision, no time with its offset (2026-02-03T04:05:06Z) and no file");
        }
        return ConfigFile.read(path);
    }

    private static String text(ServiceAnswer answer) {
        var data = answer.data();
        var table = ChangeText.table(data.path("documents"));
        return moment("from", data.path("from"))
                + moment("to", data.path("to"))
                + (table.isEmpty() ? "nothing differs\n" : table);
    }

    private static String moment(String word, JsonNode change) {
        if (change.isMissingNode()) {
            return "";
        }
        return String.join(
                        "  ",
                        word.equals("to") ? "to  " : word,
                        "revision " + change.path("revision").asLong(),
                        ValueText.of(change.path("changed_at")),
                        "by " + ValueText.of(change.path("changed_by")),
                        ValueText.of(change.path("reason")))
                + "\n";
    }
}
