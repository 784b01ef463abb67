package io.tabot.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints the signals of a running service as they go out. */
@Command(
        name = "watch-signals",
        description = "Print the signals of a running service as they go out, until interrupted.",
        footer = {
            "",
            "When the service is away for a while, it goes on where it was, as far back as signals are kept.",
            "",
            "Examples:",
            "  bin/ta-bot watch-signals --symbol BTCUSDT",
            "  bin/ta-bot watch-signals --since 0 --no-follow --json"
        })
final class SignalWatchCommand implements Callable<Integer> {
    @Mixin
    private WatchOptions watch;

    @Option(names = "--timeframe", paramLabel = "TIMEFRAME", description = "Only of this timeframe.")
    private String timeframe = "";

    @Option(names = "--action", paramLabel = "ACTION", description = "Only buy, sell, hold or close.")
    private String action = "";

    SignalWatchCommand(WatchOptions watch) {
        this.watch = watch;
    }

    @Override
    public Integer call() throws IOException {
        var filters = Map.of("timeframe", timeframe, "action", action);
        return watch.follow("/api/v1/signals/stream", filters, SignalWatchCommand::text);
    }

    private static String text(JsonNode signal) {
        return String.format(
                Locale.ROOT,
                "%s %s %s %s %s at %s confidence %.2f%s%n",
                signal.path("timestamp").asText(),
                signal.path("symbol").asText(),
                signal.path("timeframe").asText(),
                signal.path("action").asText(),
                signal.path("strategy_id").asText(),
                signal.path("price").asText(),
                signal.path("confidence").asDouble(),
                signal.hasNonNull("withheld")
                        ? ", withheld: " + signal.path("withheld").asText()
                        : "");
    }
}
