package io.tabot.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Runs the commands of a document as its reader would, in bash, in a folder of its own that looks like the project's. A
 * command that starts the service starts one on a free port, and {@code localhost:8000} is then that one.
 */
public final class ShellSession implements AutoCloseable {
    /** What documents write for a moment that was just before the section they write it in. */
    private static final String EARLIER = "2026-02-03T22:00:00Z";

    private static final Pattern RUN = Pattern.compile("((?:[A-Z_]+=\\S+ )*)bin/ta-bot run\\s*");
    private static final int TIMEOUT_SECONDS = 60;

    private final Path folder;
    private final Map<String, ServiceProcess> services = new HashMap<>();
    private String address = "localhost:8000";
    private String section = "";
    private Instant sectionBegin = Instant.EPOCH;

    /** What a block of commands printed, to both streams, and how the last one ended. */
    public record Result(int exitCode, String output) {}

    /** @param folder an empty one */
    public ShellSession(Path folder) throws IOException {
        this.folder = folder;
        Files.createDirectory(folder.resolve("bin"));
        Files.createSymbolicLink(folder.resolve("src"), Markdown.root().resolve("src"));
        var script = folder.resolve("bin/ta-bot");
        Files.writeString(script, "#!/usr/bin/env bash\nexec " + quoted(ServiceProcess.command()) + " \"$@\"\n");
        if (!script.toFile().setExecutable(true)) {
            throw new IOException(script + " can't be made executable");
        }
    }

    /** Runs a block; the service that it starts, if it does, goes on until the end. */
    public Result run(Markdown.Step step) throws IOException, InterruptedException {
        if (!step.section().equals(section)) {
            section = step.section();
            sectionBegin = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        }
        var service = RUN.matcher(step.commands());
        if (service.matches()) {
            start(service.group(1));
            return new Result(0, "");
        }
        return bash(step.commands().replace("localhost:8000", address).replace(EARLIER, sectionBegin.toString()));
    }

    @Override
    public void close() throws IOException {
        services.values().forEach(ServiceProcess::close);
        // JUnit warns of links that lead out of a temporary folder.
        Files.delete(folder.resolve("src"));
    }

    private void start(String assignments) throws IOException {
        var environment = new HashMap<String, String>();
        for (var assignment : assignments.strip().split(" ")) {
            var parts = assignment.split("=", 2);
            environment.put(parts[0], parts[1].replace("$PWD", folder.toString()));
        }
        var home = Files.createDirectory(folder.resolve("service-" + (services.size() + 1)));
        var service = ServiceProcess.ready(home, environment);
        address = service.address().replace("http://", "");
        services.put(address, service);
    }

    private Result bash(String commands) throws IOException, InterruptedException {
        var builder = new ProcessBuilder("bash", "-c", commands)
                .directory(folder.toFile())
                .redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("TABOT_"));
        // Where bin/ta-bot finds the service: as the settings say.
        builder.environment().put("TABOT_HTTP_PORT", address.replaceFirst(".*:", ""));
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("does not end: " + commands);
        }
        return new Result(process.exitValue(), output);
    }

    private static String quoted(List<String> words) {
        return String.join(" ", words.stream().map(word -> "'" + word + "'").toList());
    }
}
