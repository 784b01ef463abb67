package io.tabot;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How this process finds others that serve the same environment, and what they agree on. Not enabled, it is a cluster
 * of its own, and the other settings have no effect.
 *
 * @param host that the others reach this node at, and the only address that it listens on for them
 * @param seedNodes host:port of the nodes to join, the same list in the same order on each
 * @param shards into how many parts the symbols are divided, the same number on each
 * @param tls without it, what nodes tell each other is neither encrypted nor authenticated
 */
public record ClusterSettings(
        boolean enabled,
        Bootstrap bootstrap,
        String host,
        int port,
        List<String> seedNodes,
        int shards,
        Optional<TlsSettings> tls,
        KubernetesSettings kubernetes) {
    private static final int PORT_MAX = 65_535;
    private static final int SHARDS_MAX = 10_000;
    private static final Pattern NODE = Pattern.compile("[^\\s:/@]+:[1-9][0-9]{0,4}");

    /** How nodes find each other. */
    public enum Bootstrap {
        SEEDS,
        KUBERNETES
    }

    public ClusterSettings {
        seedNodes = List.copyOf(seedNodes);
        SettingsException.unless(port >= 1 && port <= PORT_MAX, "cluster.port", port, "1 to 65535");
        SettingsException.unless(shards >= 1 && shards <= SHARDS_MAX, "cluster.shards", shards, "1 to 10000");
        SettingsException.unless(
                seedNodes.stream().allMatch(node -> NODE.matcher(node).matches()),
                "cluster.seed-nodes",
                seedNodes,
                "host:port, several separated by commas");
        if (enabled) {
            checkNodes(bootstrap, seedNodes);
        }
    }

    /** What people call this node, if there may be others. */
    Optional<String> node() {
        return enabled ? Optional.of(host + ":" + port) : Optional.empty();
    }

    private static void checkNodes(Bootstrap bootstrap, List<String> seedNodes) {
        switch (bootstrap) {
            case SEEDS ->
                SettingsException.unless(
                        !seedNodes.isEmpty(),
                        "cluster.seed-nodes",
                        "empty",
                        "host:port of at least one node, since cluster.enabled is true; the first may name itself");
            case KUBERNETES ->
                SettingsException.unless(
                        seedNodes.isEmpty(),
                        "cluster.seed-nodes",
                        seedNodes,
                        "empty, since cluster.bootstrap is kubernetes, which finds the nodes");
        }
    }
}
