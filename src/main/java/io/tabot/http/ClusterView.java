package io.tabot.http;

import io.tabot.config.VoterStatus;
import io.tabot.ops.NodeReport;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.pekko.cluster.ClusterEvent.CurrentClusterState;
import org.apache.pekko.cluster.Member;
import org.jspecify.annotations.Nullable;

/**
 * The cluster as one node sees it, with what each node says of itself.
 *
 * @param node that tells it
 * @param leader of the members, which lets others in and out
 * @param configuration the node where the ConfigEntity lives; null while it is on the move
 * @param journals as the owner of the configuration told last
 */
record ClusterView(
        String node,
        @Nullable String leader,
        @Nullable String configuration,
        List<NodeItem> nodes,
        List<VoterItem> journals,
        CandleItem candles) {
    /**
     * A node of the cluster.
     *
     * @param said what it says of itself; null where it did not answer in time
     */
    record NodeItem(
            String node,
            String status,
            List<String> roles,
            boolean reachable,
            @Nullable Said said) {}

    /** What a node says of itself. */
    record Said(
            long revision,
            long appliedRevision,
            @Nullable Instant staleSince,
            int symbols,
            List<ShardItem> shards,
            boolean connected,
            @Nullable Instant lastCandle) {
        static Said of(NodeReport report) {
            return new Said(
                    report.revision(),
                    report.appliedRevision(),
                    report.staleSince(),
                    report.shards().stream()
                            .mapToInt(shard -> shard.entities().size())
                            .sum(),
                    report.shards().stream()
                            .map(shard -> new ShardItem(shard.shard(), shard.entities()))
                            .toList(),
                    report.candles().connected(),
                    report.candles().last());
        }
    }

    /** A part of the symbols, with those of it that have an actor. */
    record ShardItem(String shard, List<String> symbols) {}

    /** One of those that the history rests on. */
    record VoterItem(String voter, String state, long revision) {
        static VoterItem of(VoterStatus status) {
            return new VoterItem(status.voter(), status.state().id(), status.revision());
        }
    }

    /**
     * Candles for all nodes together.
     *
     * @param pending how many wait in NATS; -1 unknown
     * @param last when one last came in anywhere
     */
    record CandleItem(long pending, @Nullable Instant last) {}

    /**
     * What is known of a cluster.
     *
     * @param node that asked
     * @param reports by node
     */
    record Known(
            String environment,
            String node,
            CurrentClusterState members,
            Map<String, NodeReport> reports,
            List<VoterStatus> voters) {}

    static ClusterView of(Known known) {
        var nodes = new TreeMap<String, NodeItem>();
        known.members().getMembers().forEach(member -> {
            var name = name(member);
            nodes.put(name, item(known, member, known.reports().get(name)));
        });
        var leader = known.members().getLeader();
        return new ClusterView(
                known.node(),
                leader == null ? null : leader.hostPort().replaceFirst(".*@", ""),
                known.reports().entrySet().stream()
                        .filter(entry -> entry.getValue().environments().contains(known.environment()))
                        .map(Map.Entry::getKey)
                        .findFirst()
                        .orElse(null),
                List.copyOf(nodes.values()),
                known.voters().stream().map(VoterItem::of).toList(),
                candles(known));
    }

    private static NodeItem item(Known known, Member member, @Nullable NodeReport report) {
        return new NodeItem(
                name(member),
                member.status().toString().toLowerCase(Locale.ROOT),
                member.getRoles().stream().sorted().toList(),
                !known.members().getUnreachable().contains(member),
                report == null ? null : Said.of(report));
    }

    /** The newest word of each: all nodes share what waits, and learn of it when they are handed something. */
    private static CandleItem candles(Known known) {
        var all = known.reports().values().stream().map(NodeReport::candles).toList();
        var own = known.reports().get(known.node());
        return new CandleItem(
                own == null ? -1 : own.candles().pending(),
                all.stream()
                        .map(NodeReport.Candles::last)
                        .filter(Objects::nonNull)
                        .max(Instant::compareTo)
                        .orElse(null));
    }

    private static String name(Member member) {
        return member.address().hostPort().replaceFirst(".*@", "");
    }
}
