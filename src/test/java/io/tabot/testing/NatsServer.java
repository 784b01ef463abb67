package io.tabot.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A real nats-server with JetStream, on a free port of the loopback interface and with a store of its own, that can be
 * stopped, killed and started again on the same port and store.
 */
public final class NatsServer implements AutoCloseable {
    private static final Duration START_TIMEOUT = Duration.ofSeconds(10);

    private final int port;
    private final Path folder;
    private final List<String> arguments;
    private Process process;

    private NatsServer(int port, Path folder, List<String> arguments) {
        this.port = port;
        this.folder = folder;
        this.arguments = arguments;
    }

    /** Starts one; further arguments are given to nats-server as they are. */
    public static NatsServer running(String... arguments) {
        var server = stopped(arguments);
        server.start();
        return server;
    }

    /** One that will run on this address as soon as it is started. */
    public static NatsServer stopped(String... arguments) {
        try {
            return new NatsServer(freePort(), Files.createTempDirectory("tabot-nats-"), List.of(arguments));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts another one at the address of one that does not run at the moment. */
    public static NatsServer at(NatsServer other, String... arguments) {
        try {
            var server = new NatsServer(other.port, Files.createTempDirectory("tabot-nats-"), List.of(arguments));
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String url() {
        return "nats://127.0.0.1:" + port;
    }

    public void start() {
        var command = new ArrayList<>(List.of(binary().toString(), "-a", "127.0.0.1", "-p", String.valueOf(port)));
        command.addAll(List.of("-js", "-sd", folder.toString()));
        command.addAll(arguments);
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Awaitility.await("nats-server on port " + port)
                .atMost(START_TIMEOUT)
                .pollInterval(Duration.ofMillis(20))
                .until(this::answers);
    }

    /** Ends it in an orderly way. */
    public void stop() {
        process.destroy();
        awaitEnd();
    }

    /** Ends it as a power cut would. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    @Override
    public void close() {
        if (process != null && process.isAlive()) {
            kill();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean answers() throws IOException {
        if (!process.isAlive()) {
            throw new IllegalStateException("nats-server ended at its start: " + Files.readString(log().toPath()));
        }
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return socket.getInputStream().read() == 'I';
        } catch (IOException e) {
            return false;
        }
    }

    private File log() {
        return folder.resolve("server.log").toFile();
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(START_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("nats-server does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Path binary() {
        var named = Optional.ofNullable(System.getenv("NATS_SERVER")).map(Path::of).stream();
        var path = Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "nats-server"));
        var usual = Stream.of(Path.of("/usr/sbin/nats-server"), Path.of("/usr/local/bin/nats-server"));
        return Stream.of(named, path, usual)
                .flatMap(candidates -> candidates)
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("These tests need a nats-server, and there is none:"
                        + " install it (Debian: apt-get install nats-server) or name it in NATS_SERVER"));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
