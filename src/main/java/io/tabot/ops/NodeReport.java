package io.tabot.ops;

import io.tabot.config.NodeMessage;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one node says of itself.
 *
 * @param revision of the configuration that it shows; 0 before the first
 * @param appliedRevision the newest that all of its actors have confirmed
 * @param staleSince when the owner of the configuration was last heard, if that is too long ago
 * @param environments whose ConfigEntity lives there
 * @param shards of symbols that lie there
 */
public record NodeReport(
        long revision,
        long appliedRevision,
        @Nullable Instant staleSince,
        List<String> environments,
        List<Shard> shards,
        Candles candles)
        implements NodeMessage {
    public NodeReport {
        environments = List.copyOf(environments);
        shards = List.copyOf(shards);
    }

    /** A part of a region, and those of it that have an actor by now. */
    public record Shard(String shard, List<String> entities) {
        public Shard {
            entities = List.copyOf(entities);
        }
    }

    /**
     * How its source of candles is doing.
     *
     * @param last when one last came in
     * @param pending how many wait at the source, for all nodes together; -1 when it can't tell
     */
    public record Candles(boolean connected, @Nullable Instant last, long pending) {}
}
