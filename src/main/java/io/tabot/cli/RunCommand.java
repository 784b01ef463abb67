package io.tabot.cli;

import io.tabot.Settings;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts the service and stays until it ends. */
@Command(
        name = "run",
        description = "Run the service: candles in, signals out, configuration over HTTP.",
        footer = {
            "",
            "Without NATS_URL it replays bundled candles as a demo. Every setting is explained in application.conf,"
                    + " with the environment variable that overrides it, e.g. TABOT_HTTP_PORT."
        })
final class RunCommand implements Callable<Integer> {
    /** Runs until it is told to stop. */
    interface Service {
        /** The exit code. */
        int run(Settings settings, boolean abandonsEmbedded);
    }

    private final Function<@Nullable Path, Settings> settings;
    private final Service service;

    @Option(
            names = "--config-file",
            paramLabel = "FILE",
            description = "Settings of your own, laid over those of application.conf.")
    private @Nullable Path file;

    @Option(
            names = "--abandon-embedded",
            description = "Put a history aside that the embedded journal left in the data folder, where the journals"
                    + " are others now: it is kept in a folder abandoned-1 there, and no longer looked at.")
    private boolean abandonsEmbedded;

    RunCommand(Function<@Nullable Path, Settings> settings, Service service) {
        this.settings = settings;
        this.service = service;
    }

    @Override
    public Integer call() {
        return service.run(settings.apply(file), abandonsEmbedded);
    }
}
