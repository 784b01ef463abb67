package io.tabot.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints changes of a running service's configuration as they come into force. */
@Command(
        name = "watch",
        description = "Print every change as it comes into force, until interrupted.",
        footer = {
            "",
            "When the service is away for a while, it goes on where it was: nothing is left out, nothing comes twice.",
            "",
            "Examples:",
            "  bin/ta-bot config watch",
            "  bin/ta-bot config watch --since 40 --strategy momentum_pulse --json"
        })
final class ConfigWatchCommand implements Callable<Integer> {
    @Mixin
    private WatchOptions watch;

    @Option(names = "--document", paramLabel = "PATH", description = "Only of this document and those below it.")
    private String document = "";

    ConfigWatchCommand(WatchOptions watch) {
        this.watch = watch;
    }

    @Override
    public Integer call() throws IOException {
        return watch.follow("/api/v1/config/stream", Map.of("document", document), ConfigWatchCommand::text);
    }

    private static String text(JsonNode change) {
        var reason = change.path("reason").asText("");
        return "revision " + change.path("revision").asText() + " at "
                + change.path("changed_at").asText() + " by "
                + (change.hasNonNull("actor") ? change.path("actor") : change.path("changed_by")).asText()
                + (reason.isEmpty() ? "" : ": " + reason) + "\n"
                + ChangeText.table(change.path("documents"));
    }
}
