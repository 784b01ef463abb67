package io.tabot.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Loads pages in a Chromium without a window. Each page gets a browser and a profile of its own. */
public final class Browser {
    private static final Pattern REQUEST = Pattern.compile("\"initiator\":\"([^\"]*)\"[^\\n]*?\"url\":\"([^\"]*)\"");
    private static final int WAIT_SECONDS = 60;
    private static final int WIDTH = 1280;

    /**
     * A page after its scripts have run.
     *
     * @param dom the document as it is then
     * @param console what was written to the console, errors of scripts included
     * @param requests the addresses that the page asked for, beside its own
     */
    public record Page(String dom, List<String> console, List<String> requests) {}

    private final Path folder;

    /** @param folder for profiles and output, empty */
    public Browser(Path folder) {
        this.folder = folder;
    }

    public Page load(Path file) {
        return load(file, WIDTH);
    }

    /** @param width of the window, in pixels */
    public Page load(Path file, int width) {
        return load(file.toUri(), width);
    }

    public Page load(URI address) {
        return load(address, WIDTH);
    }

    private Page load(URI address, int width) {
        try {
            var run = Files.createTempDirectory(folder, "browser-");
            var dom = run.resolve("dom.html");
            var log = run.resolve("log.txt");
            var net = run.resolve("net.json");
            var process = new ProcessBuilder(
                            binary().toString(),
                            "--headless=new",
                            // A container runs its tests as root, and Chromium has no sandbox then.
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-dev-shm-usage",
                            "--user-data-dir=" + run.resolve("profile"),
                            "--window-size=" + width + ",900",
                            "--virtual-time-budget=2000",
                            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
                            "--enable-logging=stderr",
                            "--log-net-log=" + net,
                            "--dump-dom",
                            address.toString())
                    .redirectOutput(dom.toFile())
                    .redirectError(log.toFile())
                    .start();
            await(process, log);
            return new Page(Files.readString(dom), console(log), requests(net));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void await(Process process, Path log) throws IOException {
        try {
            if (!process.waitFor(WAIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException("the browser failed: " + Files.readString(log));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static List<String> console(Path log) throws IOException {
        try (var lines = Files.lines(log)) {
            return lines.filter(line -> line.contains(":CONSOLE")).toList();
        }
    }

    /** Without those that the browser makes for itself. */
    private static List<String> requests(Path net) throws IOException {
        return REQUEST.matcher(Files.readString(net))
                .results()
                .filter(request -> !request.group(1).equals("not an origin"))
                .map(request -> request.group(2))
                .distinct()
                .toList();
    }

    private static Path binary() {
        var named = Optional.ofNullable(System.getenv("CHROMIUM")).map(Path::of).stream();
        var path = Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .flatMap(place -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(name -> Path.of(place, name)));
        return Stream.concat(named, path)
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("These tests need Chromium, and there is none:"
                        + " install it (Debian: apt-get install chromium) or name it in CHROMIUM"));
    }
}
