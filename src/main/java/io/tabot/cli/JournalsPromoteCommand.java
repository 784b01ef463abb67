package io.tabot.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Goes on with what is left of the journals when no majority is. */
@Command(
        name = "promote",
        description = "Go on with some of the voters of a running service, the others being gone for good.",
        footer = {
            "",
            "You vouch that the others are gone or will not be written. What only they hold is given up, acknowledged"
                    + " or not: promote the one that holds the newest change. It is refused while a majority is there.",
            "One that was lost may come back later: it gets the history of those that were promoted.",
            "",
            "Example:",
            "  bin/ta-bot journals promote --voters mysql --reason 'the disks of mongodb and nats burned'"
        })
final class JournalsPromoteCommand implements Callable<Integer> {
    private static final String ROUTE = "/api/v1/config/journals/promote";

    @Mixin
    private ServiceReport report;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--voters",
            required = true,
            split = ",",
            paramLabel = "NAME",
            description = "Who counts from now on, e.g. mysql or mysql,witness: at least one journal.")
    private List<String> voters = List.of();

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; kept with the promotion.")
    private String reason = "";

    @Option(
            names = "--by",
            paramLabel = "NAME",
            description = "Who promotes; kept with the promotion. Default: your name on this machine.")
    private @Nullable String by;

    @Option(
            names = "--yes",
            paramLabel = "ENVIRONMENT",
            description = "The name of the environment, to show that it is meant. Default: it is asked for.")
    private @Nullable String environment;

    private final InputStream in;

    /** @param in where the name of the environment is read from */
    JournalsPromoteCommand(ServiceReport report, InputStream in) {
        this.report = report;
        this.in = in;
    }

    @Override
    public Integer call() throws IOException {
        var answer = report.service().post(ROUTE, body(), Map.of());
        return report.tell(answer, JournalsPromoteCommand::text);
    }

    private ObjectNode body() throws IOException {
        var body = JsonNodeFactory.instance.objectNode();
        var names = body.putArray("voters");
        voters.forEach(names::add);
        return body.put("reason", reason)
                .put("changed_by", by == null ? System.getProperty("user.name") : by)
                .put("confirm", environment == null ? asked() : environment);
    }

    private String asked() throws IOException {
        var err = spec.commandLine().getErr();
        err.print("What only the other voters hold is given up. To go on, type the name of the environment: ");
        err.flush();
        var line = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine();
        if (line == null || line.isBlank()) {
            throw new UserError("nothing was promoted");
        }
        return line.strip();
    }

    private static String text(ServiceAnswer answer) {
        var names = new ArrayList<String>();
        answer.data().at("/promotion/voters").forEach(name -> names.add(name.asText()));
        return "term " + answer.data().path("term").asText() + " is open at revision "
                + answer.data().path("revision").asLong() + " on " + String.join(", ", names) + "\n";
    }
}
