package io.tabot.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/** Several nodes of the service on the loopback interface, each a process with a data folder and ports of its own. */
public final class LocalCluster implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern TERM = Pattern.compile("term \\d+\\.(\\d+) of \\S+ is open");

    private final Path home;
    private final Map<String, String> settings;
    private final List<Integer> ports;
    private final List<ServiceProcess> nodes = new ArrayList<>();

    private LocalCluster(Path home, int size, Map<String, String> settings) {
        this.home = home;
        this.settings = settings;
        this.ports = IntStream.range(0, size)
                .map(_ -> ServerProcess.freePort())
                .boxed()
                .toList();
    }

    /** Starts them one after the other, and waits until each is ready. */
    public static LocalCluster ready(Path home, int size, Map<String, String> settings) {
        var cluster = new LocalCluster(home, size, settings);
        try {
            for (var i = 0; i < size; i++) {
                cluster.nodes.add(cluster.start(i));
            }
            return cluster;
        } catch (RuntimeException | Error e) {
            cluster.close();
            throw e;
        }
    }

    public int size() {
        return nodes.size();
    }

    public ServiceProcess node(int index) {
        return nodes.get(index);
    }

    /** Asks a node to end, waits for its end, and starts it again; the exit code. */
    public int restart(int index) {
        var code = nodes.get(index).terminate();
        startAgain(index);
        return code;
    }

    /** Starts a node that has ended. */
    public void startAgain(int index) {
        nodes.get(index).close();
        nodes.set(index, start(index));
    }

    /** The node that has opened the newest term, which is the one with the ConfigEntity. */
    public int holder() {
        return IntStream.range(0, size())
                .boxed()
                .max(Comparator.comparingLong(index -> newestTerm(nodes.get(index))))
                .orElseThrow();
    }

    /** Waits until all nodes show the same revision, and tells it. */
    public long awaitSameRevision() {
        var revisions = Awaitility.await("one revision on all nodes")
                .atMost(PATIENCE)
                .until(
                        () -> nodes.stream()
                                .map(node -> ChangeClient.inForce(node)
                                        .path("revision")
                                        .asLong())
                                .collect(Collectors.toSet()),
                        shown -> shown.size() == 1);
        return revisions.iterator().next();
    }

    @Override
    public void close() {
        nodes.forEach(ServiceProcess::close);
    }

    private ServiceProcess start(int index) {
        var folder = home.resolve("node-" + index);
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var variables = new HashMap<>(settings);
        variables.put("TABOT_CLUSTER_ENABLED", "true");
        variables.put("TABOT_CLUSTER_PORT", ports.get(index).toString());
        variables.put(
                "TABOT_CLUSTER_SEED_NODES",
                ports.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(",")));
        return ServiceProcess.ready(folder, variables);
    }

    private static long newestTerm(ServiceProcess node) {
        return TERM.matcher(node.stdout() + node.stderr())
                .results()
                .mapToLong(found -> Long.parseLong(found.group(1)))
                .max()
                .orElse(0);
    }
}
