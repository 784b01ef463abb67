package io.tabot.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.tabot.config.WholeConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Makes the configuration what a file says, by one change. */
@Command(
        name = "import",
        description = "Make the configuration what a file says, as one change: all of it, or nothing.",
        footer = {
            "",
            "Parameters of strategies that the file lacks are taken out. Fields of the application that it lacks stay,"
                    + " and so do all parameters if it says nothing of strategies. If somebody changes something in"
                    + " between, nothing is done.",
            "",
            "Examples:",
            "  bin/ta-bot config import tested.json --dry-run",
            "  bin/ta-bot config import tested.json --reason 'as tested on staging'"
        })
final class ConfigImportCommand implements Callable<Integer> {
    private static final String ROUTE = "/api/v1/config/changes";
    private static final Pattern ITEM = Pattern.compile("changes\\[(\\d{1,5})]\\.(.*)");
    private static final String WHAT = "the configuration";

    @Mixin
    private ServiceReport report;

    @Mixin
    private ChangeOptions change = new ChangeOptions();

    @Parameters(paramLabel = "FILE.json", description = "What config export wrote.")
    private Path file = Path.of("");

    ConfigImportCommand(ServiceReport report) {
        this.report = report;
    }

    @Override
    public Integer call() throws IOException {
        var wanted = ConfigFile.read(file);
        var present = report.service().read("/api/v1/config");
        if (!present.isDone()) {
            return report.tell(present, _ -> "");
        }
        var inForce = ConfigFile.of(present.data());
        var changes = WholeDiff.between(inForce, completed(wanted, inForce)).changes();
        if (changes.isEmpty()) {
            return report.changed(unchanged(present), WHAT);
        }
        var body = change.body(present.revision());
        body.set("changes", changes);
        var answer = report.service().post(change.route(ROUTE), body, change.headers());
        return report.changed(answer, WHAT, field -> place(field, changes));
    }

    /** The document of an item that the service knows by its number. */
    private static String place(String field, ArrayNode changes) {
        var found = ITEM.matcher(field);
        return found.matches()
                ? changes.path(Integer.parseInt(found.group(1)))
                                .path("document")
                                .asText() + " " + found.group(2)
                : field;
    }

    /** An empty object of strategies is another thing than none: it says that nothing is set. */
    private WholeConfig completed(WholeConfig wanted, WholeConfig inForce) {
        var application = new LinkedHashMap<String, @Nullable Object>(inForce.application());
        application.putAll(wanted.application());
        var strategies = ConfigFile.hasStrategies(file) ? wanted.strategies() : inForce.strategies();
        return new WholeConfig(application, strategies);
    }

    /** What the service would say to a change of nothing. */
    private static ServiceAnswer unchanged(ServiceAnswer present) {
        var envelope = present.envelope().deepCopy();
        envelope.withObject("/metadata")
                .put("action", "unchanged")
                .put("changes_applied", false)
                .putArray("diff");
        return new ServiceAnswer(present.status(), envelope);
    }
}
