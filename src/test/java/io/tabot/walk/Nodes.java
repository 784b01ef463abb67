package io.tabot.walk;

import io.tabot.testing.ServiceProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;

/** The processes of a cluster and what supervises them: a node that has ended is started again when asked to. */
final class Nodes implements AutoCloseable {
    private static final Pattern TERM = Pattern.compile("term \\d+\\.(\\d+) of \\S+ is open");

    /** One process of a node. */
    record Life(int node, int number, ServiceProcess process) {
        @Override
        public String toString() {
            return "node " + node + " in life " + number;
        }
    }

    private final Path home;
    private final Map<String, String> settings;
    private final NodeLinks links;
    private final List<Life> lives = new CopyOnWriteArrayList<>();

    /** Starts them; the first alone, since it begins the cluster. */
    Nodes(Path home, int size, Map<String, String> settings) {
        this.home = home;
        this.settings = settings;
        this.links = new NodeLinks(size);
        try {
            lives.add(start(0, 1));
            lives.getFirst().process().awaitReady();
            for (var i = 1; i < size; i++) {
                lives.add(start(i, 1));
            }
            lives.forEach(life -> life.process().awaitReady());
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    int size() {
        return lives.size();
    }

    List<Life> lives() {
        return List.copyOf(lives);
    }

    Life life(int node) {
        return lives.get(node);
    }

    ServiceProcess process(int node) {
        return lives.get(node).process();
    }

    NodeLinks links() {
        return links;
    }

    /** The node that has opened the newest term, which is the one with the ConfigEntity. */
    int owner() {
        return IntStream.range(0, size())
                .boxed()
                .filter(node -> newestTerm(process(node)) >= 0)
                .max(Comparator.comparingLong(node -> newestTerm(process(node))))
                .orElseThrow(() -> new IllegalStateException("no log tells of an open term"));
    }

    /** Starts a node that has ended. */
    void startAgain(int node) {
        var life = life(node);
        keepLog(life);
        life.process().close();
        lives.set(node, start(node, life.number() + 1));
    }

    /** Starts those again that have ended, as a supervisor would, and waits until all are ready. */
    void startEnded() {
        Awaitility.await("all nodes ready")
                .atMost(Patience.LONG)
                .pollDelay(Duration.ZERO)
                .until(() -> {
                    // One that is still on its way out after a fault ends while this waits.
                    lives().stream().filter(life -> !life.process().isAlive()).forEach(life -> startAgain(life.node()));
                    return lives().stream().allMatch(life -> isReady(life.process()));
                });
    }

    /** Whether each of them sees all of them as members, and nobody else. */
    boolean areOneCluster() {
        return lives().stream().map(Nodes::members).distinct().toList().equals(List.of(links.names()));
    }

    private static Set<String> members(Life life) {
        try {
            return StreamSupport.stream(
                            life.process()
                                    .get("/api/v1/cluster")
                                    .data()
                                    .path("nodes")
                                    .spliterator(),
                            false)
                    .filter(node -> node.path("status").asText().equals("up")
                            && node.path("reachable").asBoolean())
                    .map(node -> node.path("node").asText())
                    .collect(Collectors.toSet());
        } catch (RuntimeException e) {
            // It does not answer at the moment.
            return Set.of();
        }
    }

    /** What each of them is doing goes to its log. */
    void dumpThreads() {
        lives.stream()
                .filter(life -> life.process().isAlive())
                .forEach(life -> life.process().dumpThreads());
        Pause.of(Duration.ofSeconds(2));
    }

    @Override
    public void close() {
        lives.forEach(life -> {
            keepLog(life);
            life.process().close();
        });
        links.close();
    }

    private static boolean isReady(ServiceProcess process) {
        try {
            process.awaitReport();
            return process.get("/ready").status() == 200;
        } catch (RuntimeException e) {
            // It has ended, or does not answer yet.
            return false;
        }
    }

    private Life start(int node, int number) {
        var folder = home.resolve("node-" + node);
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var variables = new HashMap<>(settings);
        variables.putAll(links.settings(node));
        return new Life(node, number, ServiceProcess.launched(folder, variables));
    }

    /** For whoever looks into a finding. */
    private void keepLog(Life life) {
        try {
            var log = home.resolve("node-" + life.node() + "-" + life.number() + ".log");
            Files.writeString(log, life.process().stdout() + life.process().stderr());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long newestTerm(ServiceProcess process) {
        return TERM.matcher(process.stdout() + process.stderr())
                .results()
                .mapToLong(found -> Long.parseLong(found.group(1)))
                .max()
                .orElse(-1);
    }
}
