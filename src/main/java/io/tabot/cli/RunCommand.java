package io.tabot.cli;

import io.tabot.Settings;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.ToIntFunction;
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
    private final Function<@Nullable Path, Settings> settings;
    private final ToIntFunction<Settings> service;

    @Option(
            names = "--config-file",
            paramLabel = "FILE",
            description = "Settings of your own, laid over those of application.conf.")
    private @Nullable Path file;

    /** @param service runs until it is told to stop and gives the exit code */
    RunCommand(Function<@Nullable Path, Settings> settings, ToIntFunction<Settings> service) {
        this.settings = settings;
        this.service = service;
    }

    @Override
    public Integer call() {
        return service.applyAsInt(settings.apply(file));
    }
}
