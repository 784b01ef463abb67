package io.tabot.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLHandshakeException;
import picocli.CommandLine.ExitCode;

/**
 * The running nodes of a local cluster: every line that one prints is shown behind its number. When this process is
 * told to end, so are they.
 */
final class ClusterNodes implements AutoCloseable {
    /** They hand over what they have; after that they are killed. */
    private static final Duration END_MAX = Duration.ofSeconds(35);

    private static final Duration POLL_INTERVAL = Duration.ofMillis(500);
    private static final Duration READY_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration SHOW_TIMEOUT = Duration.ofSeconds(2);
    private static final int READY = 200;

    private final OutputStream out;
    private final ConcurrentHashMap<ClusterNode, Process> processes = new ConcurrentHashMap<>();
    private final CountDownLatch over = new CountDownLatch(1);

    ClusterNodes(OutputStream out) {
        this.out = out;
    }

    /** Starts them and waits until all have ended: 0 if each ended as it was told. */
    int run(List<ClusterNode> nodes) {
        var shown = new CountDownLatch(nodes.size());
        var hook = Thread.ofPlatform().unstarted(() -> endAndHalt(shown));
        Runtime.getRuntime().addShutdownHook(hook);
        nodes.forEach(node -> processes.put(node, node.start()));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            threads.execute(() -> announce(nodes));
            nodes.forEach(node -> threads.execute(() -> {
                follow(node);
                shown.countDown();
            }));
            var code = nodes.stream().mapToInt(this::awaitEnd).max().orElse(ExitCode.OK);
            over.countDown();
            takeOff(hook);
            return code == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
        }
    }

    @Override
    public void close() {
        endAll();
    }

    private int awaitEnd(ClusterNode node) {
        return process(node).onExit().thenApply(Process::exitValue).join();
    }

    /** Shows what the node prints until it ends, and keeps it. */
    private void follow(ClusterNode node) {
        var process = process(node);
        try (var lines = process.inputReader(StandardCharsets.UTF_8);
                var log = Files.newBufferedWriter(node.log())) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                keep(log, line);
                show(node.number() + "| " + line);
            }
        } catch (IOException e) {
            show(node.number() + "| what it prints can't be read or kept: " + e.getMessage());
        }
        show(node.number() + "| has ended with exit code " + awaitEnd(node));
    }

    private static void keep(BufferedWriter log, String line) throws IOException {
        log.write(line);
        log.newLine();
        log.flush();
    }

    private void announce(List<ClusterNode> nodes) {
        try (var client = HttpClient.newBuilder().connectTimeout(READY_TIMEOUT).build()) {
            while (!areReady(client, nodes)) {
                if (over.await(POLL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
            var first = nodes.getFirst().api();
            show("all " + nodes.size() + " nodes are ready. bin/ta-bot status --url " + first
                    + " tells what they do; Ctrl-C ends them");
        } catch (SSLHandshakeException e) {
            show("whether the nodes are ready can't be told, since their certificate is not trusted here: "
                    + e.getMessage() + " (TLS in docs/operations.md says how it would be). Ctrl-C ends them");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean areReady(HttpClient client, List<ClusterNode> nodes) throws SSLHandshakeException {
        for (var node : nodes) {
            if (!isReady(client, node)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isReady(HttpClient client, ClusterNode node) throws SSLHandshakeException {
        try {
            var request = HttpRequest.newBuilder(URI.create(node.api() + "/ready"))
                    .timeout(READY_TIMEOUT)
                    .build();
            return client.send(request, BodyHandlers.discarding()).statusCode() == READY;
        } catch (SSLHandshakeException e) {
            throw e;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Process process(ClusterNode node) {
        var process = processes.get(node);
        if (process == null) {
            throw new IllegalStateException("node " + node.number() + " was not started");
        }
        return process;
    }

    /** A signal came: the JVM would end with its number as exit code, though all is well. */
    private void endAndHalt(CountDownLatch shown) {
        endAll();
        try {
            var _ = shown.await(SHOW_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        var isClean = processes.values().stream().allMatch(process -> !process.isAlive() && process.exitValue() == 0);
        Runtime.getRuntime().halt(isClean ? ExitCode.OK : ExitCode.SOFTWARE);
    }

    /** All have ended by themselves. If it runs already, it ends this process. */
    private static void takeOff(Thread hook) {
        try {
            var _ = Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            join(hook);
        }
    }

    private static void join(Thread hook) {
        try {
            hook.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void endAll() {
        // By its handle: the other way would close what the node prints its last lines to.
        processes.values().forEach(process -> process.toHandle().destroy());
        CompletableFuture.allOf(processes.values().stream().map(Process::onExit).toArray(CompletableFuture[]::new))
                .completeOnTimeout(null, END_MAX.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        processes.values().forEach(Process::destroyForcibly);
    }

    private synchronized void show(String line) {
        try {
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
