package io.tabot.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tabot.cli.TaBot;
import io.tabot.http.ApiContract;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * The real service in a JVM of its own, as bin/ta-bot starts it: the classes or the jar of this very test run, an empty
 * environment but for what the test gives, a port that the system chooses, and a data folder that outlives the process.
 */
public final class ServiceProcess implements AutoCloseable {
    /** Exit code of a process that SIGKILL ended. */
    public static final int KILLED = 137;

    /** Options of the JVM, for who measures how fast the service is. */
    private static final String OPTIONS = "tabot.test.service-options";

    /** C1 alone: these processes live for seconds, and several of them start one after the other. */
    private static final String SHORT_LIVED = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx512m";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern ADDRESS = Pattern.compile("http://[^/]+(?=/api/v1/config)");
    private static final Duration START_TIMEOUT = Duration.ofSeconds(120);
    private static final Duration END_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(15);
    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        // A test run that is cut short leaves no service behind.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(Process::destroyForcibly)));
    }

    /** An answer of the API. */
    public record Reply(int status, String text) {
        public JsonNode json() {
            try {
                return JSON.readTree(text);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("not JSON: " + text, e);
            }
        }

        public JsonNode data() {
            return json().path("data");
        }

        public JsonNode metadata() {
            return json().path("metadata");
        }
    }

    private final Process process;
    private final Path stdout;
    private final Path stderr;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(ANSWER_TIMEOUT).build();
    private @Nullable String address;

    private ServiceProcess(Process process, Path stdout, Path stderr) {
        this.process = process;
        this.stdout = stdout;
        this.stderr = stderr;
    }

    /** Starts one and waits until it is ready. */
    public static ServiceProcess ready(Path home, Map<String, String> environment) {
        var service = launched(home, environment);
        try {
            service.awaitReady();
            return service;
        } catch (RuntimeException | Error e) {
            service.close();
            throw e;
        }
    }

    /** Starts one with its data in {@code home/data} and waits for nothing. */
    public static ServiceProcess launched(Path home, Map<String, String> environment) {
        return launched(home, environment, List.of("run"));
    }

    /** Starts a command that stays, such as {@code run}, with its data in {@code home/data}. */
    public static ServiceProcess launched(Path home, Map<String, String> environment, List<String> arguments) {
        return launched(home, environment, arguments, classArchive());
    }

    static ServiceProcess launched(
            Path home, Map<String, String> environment, List<String> arguments, List<String> options) {
        try {
            var stdout = Files.createTempFile(home, "service-", ".out");
            var stderr = Files.createTempFile(home, "service-", ".err");
            var builder = new ProcessBuilder(run(arguments, options))
                    .directory(home.toFile())
                    .redirectOutput(stdout.toFile())
                    .redirectError(stderr.toFile());
            builder.environment().clear();
            builder.environment().put("TABOT_HTTP_PORT", "0");
            builder.environment().put("TABOT_DATA_DIR", data(home).toString());
            builder.environment().putAll(environment);
            var process = builder.start();
            RUNNING.add(process);
            return new ServiceProcess(process, stdout, stderr);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where a service with this home keeps its data. */
    public static Path data(Path home) {
        return home.resolve("data");
    }

    /** Waits for the lines that tell the operator what runs and where. */
    public List<String> awaitReport() {
        Awaitility.await("start report")
                .atMost(START_TIMEOUT)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    if (!isAlive()) {
                        throw new IllegalStateException("ended at its start: " + tail(stderr()));
                    }
                    var found = ADDRESS.matcher(stdout());
                    address = found.find() ? found.group() : null;
                    return address != null && stdout().contains("  data ");
                });
        return stdout().lines().toList();
    }

    public void awaitReady() {
        awaitReport();
        Awaitility.await("ready")
                .atMost(START_TIMEOUT)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> get("/ready").status() == 200);
    }

    /** Where the API is, e.g. {@code http://127.0.0.1:4711}. */
    public String address() {
        if (address == null) {
            throw new IllegalStateException("not started yet: wait for the report");
        }
        return address;
    }

    public Reply get(String path) {
        try {
            return send(HttpRequest.newBuilder(uri(path)).GET());
        } catch (IOException e) {
            throw new UncheckedIOException("GET " + path + ": " + tail(stderr()), e);
        }
    }

    /**
     * Posts an object as JSON.
     *
     * @throws IOException if no answer came: it may have been done or not
     */
    public Reply post(String path, Map<String, ?> body, Map<String, String> headers) throws IOException {
        var request = HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
        headers.forEach(request::header);
        return send(request);
    }

    public Reply delete(String path) {
        try {
            return send(HttpRequest.newBuilder(uri(path)).DELETE());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The sum over all series of a counter or gauge whose labels contain this text. */
    public double metric(String name, String labels) {
        return get("/metrics")
                .text()
                .lines()
                .filter(line -> line.matches(Pattern.quote(name) + "(\\{.*)?\\s.*") && line.contains(labels))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** Ends it as a power cut would. */
    public void kill() {
        process.destroyForcibly();
        var code = awaitEnd();
        if (code != KILLED) {
            throw new IllegalStateException("ended with " + code + " before it was killed: " + tail(stderr()));
        }
    }

    /** Asks it to end, as systemd and Kubernetes do; the exit code. */
    public int terminate() {
        process.destroy();
        return awaitEnd();
    }

    /** Asks it to end as Ctrl-C does; the exit code. */
    public int interrupt() {
        signal("-INT");
        return awaitEnd();
    }

    /** Waits until it has ended by itself or by an earlier request; the exit code. */
    public int awaitEnd() {
        return endsWithin(END_TIMEOUT).orElseThrow(() -> new IllegalStateException("does not end: " + tail(stderr())));
    }

    /** The exit code, if it ends within this time. */
    public Optional<Integer> endsWithin(Duration time) {
        try {
            return process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS)
                    ? Optional.of(process.exitValue())
                    : Optional.empty();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Freezes it: its connections stay open, and nothing answers. */
    public void pause() {
        signal("-STOP");
    }

    public void resume() {
        signal("-CONT");
    }

    /** Has it write the stacks of its threads to its output. */
    public void dumpThreads() {
        signal("-QUIT");
    }

    public String stdout() {
        return read(stdout);
    }

    public String stderr() {
        return read(stderr);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        awaitEnd();
        RUNNING.remove(process);
        client.close();
    }

    private void signal(String signal) {
        try {
            new ProcessBuilder("kill", signal, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private Reply send(HttpRequest.Builder request) throws IOException {
        try {
            var answer = client.send(request.timeout(ANSWER_TIMEOUT).build(), HttpResponse.BodyHandlers.ofString());
            ApiContract.hold(new ApiContract.Exchange(
                    answer.request().method(),
                    answer.uri().getRawPath(),
                    answer.statusCode(),
                    answer.headers(),
                    answer.body()));
            return new Reply(answer.statusCode(), answer.body());
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private URI uri(String path) {
        return URI.create(address() + path);
    }

    private static List<String> run(List<String> arguments, List<String> options) {
        // A shell's background job ignores SIGINT, and so would all that it starts.
        return Stream.of(List.of("/usr/bin/env", "--default-signal=INT"), command(options), arguments)
                .flatMap(List::stream)
                .toList();
    }

    /** The command line as bin/ta-bot starts it, up to where its arguments go. */
    static List<String> command() {
        return command(classArchive());
    }

    private static List<String> command(List<String> options) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--sun-misc-unsafe-memory-access=allow", "-Dstdout.encoding=UTF-8"));
        command.add("-Dstderr.encoding=UTF-8");
        command.addAll(List.of(System.getProperty(OPTIONS, SHORT_LIVED).split(" ")));
        command.addAll(options);
        var code = code();
        command.addAll(
                Files.isDirectory(code)
                        ? List.of("-cp", classPath(), TaBot.class.getName())
                        : List.of("-jar", code.toString()));
        return command;
    }

    private static List<String> classArchive() {
        var code = code();
        return Files.isDirectory(code) ? List.of() : ClassArchive.options(code);
    }

    /** The jar that Maven gives to integration tests, whose manifest names what it needs; or the classes of an IDE. */
    private static Path code() {
        try {
            return Path.of(TaBot.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("test-classes"))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String tail(String text) {
        return text.substring(Math.max(0, text.length() - 2_000));
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException(e);
    }
}
