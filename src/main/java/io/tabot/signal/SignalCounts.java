package io.tabot.signal;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many signals there are of each group.
 *
 * @param isWhole false where there were more groups than {@link SignalGrouping#GROUPS_MAX}: then the rest is left out
 */
public record SignalCounts(Map<Group, Long> counts, boolean isWhole) {
    /**
     * One group.
     *
     * @param bucket begin of its stretch of time, epoch milliseconds; null without buckets
     * @param values of the grouping's fields, in their order
     */
    public record Group(@Nullable Long bucket, List<String> values) {
        public Group {
            values = List.copyOf(values);
        }
    }

    public SignalCounts {
        counts = Map.copyOf(counts);
    }

    /** Counts signals as they come. One thread. */
    public static final class Tally {
        private final SignalGrouping grouping;
        private final Map<Group, Long> counts = new HashMap<>();
        private boolean isWhole = true;

        public Tally(SignalGrouping grouping) {
            this.grouping = grouping;
        }

        public void add(SentSignal signal) {
            add(grouping.groupOf(signal), 1);
        }

        public void add(Group group, long count) {
            if (counts.containsKey(group) || counts.size() < SignalGrouping.GROUPS_MAX) {
                counts.merge(group, count, Long::sum);
            } else {
                isWhole = false;
            }
        }

        public SignalCounts counted() {
            return new SignalCounts(counts, isWhole);
        }
    }
}
