package io.tabot;

import java.util.List;
import java.util.regex.Pattern;

/**
 * How this process finds others that serve the same environment, and what they agree on. Not enabled, it is a cluster
 * of its own, and the other settings have no effect.
 *
 * @param host that the others reach this node at, and the only address that it listens on for them
 * @param seedNodes host:port of the nodes to join, the same list in the same order on each
 * @param shards into how many parts the symbols are divided, the same number on each
 */
public record ClusterSettings(boolean enabled, String host, int port, List<String> seedNodes, int shards) {
    private static final int PORT_MAX = 65_535;
    private static final int SHARDS_MAX = 10_000;
    private static final Pattern NODE = Pattern.compile("[^\\s:/@]+:[1-9][0-9]{0,4}");

    public ClusterSettings {
        seedNodes = List.copyOf(seedNodes);
        SettingsException.unless(port >= 1 && port <= PORT_MAX, "cluster.port", port, "1 to 65535");
        SettingsException.unless(shards >= 1 && shards <= SHARDS_MAX, "cluster.shards", shards, "1 to 10000");
        SettingsException.unless(
                seedNodes.stream().allMatch(node -> NODE.matcher(node).matches()),
                "cluster.seed-nodes",
                seedNodes,
                "host:port, several separated by commas");
        SettingsException.unless(
                !enabled || !seedNodes.isEmpty(),
                "cluster.seed-nodes",
                "empty",
                "host:port of at least one node, since cluster.enabled is true; the first may name itself");
    }
}
