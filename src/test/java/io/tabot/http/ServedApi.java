package io.tabot.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Objects;
import java.util.function.Function;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One API for all tests of a class, which register this as an extension: it runs before their own preparations. */
final class ServedApi implements BeforeAllCallback, AfterAllCallback {
    private final Function<Path, RunningApi> start;
    private Path folder;
    private RunningApi running;

    /** @param start given an empty folder, which is deleted at the end */
    ServedApi(Function<Path, RunningApi> start) {
        this.start = start;
    }

    RunningApi running() {
        return Objects.requireNonNull(running);
    }

    /** May be taken before the API is there, but not used. */
    Client client() {
        return new Client(() -> running().address());
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        folder = Files.createTempDirectory("served-api");
        running = start.apply(folder);
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        if (running != null) {
            running.close();
        }
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
