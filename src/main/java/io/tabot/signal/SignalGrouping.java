package io.tabot.signal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * By what signals are counted.
 *
 * @param bucket by the time at which their candle opened, in stretches of this length; null for all time at once
 */
public record SignalGrouping(Set<Field> fields, @Nullable Duration bucket) {
    /** What a signal says, in the order in which groups name it. */
    public enum Field {
        STRATEGY,
        SYMBOL,
        TIMEFRAME,
        ACTION,
        REVISION;

        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** More groups than this are no overview, and take memory. */
    public static final int GROUPS_MAX = 10_000;

    public SignalGrouping {
        var copy = EnumSet.noneOf(Field.class);
        copy.addAll(fields);
        fields = java.util.Collections.unmodifiableSet(copy);
        if (bucket != null && bucket.toMillis() < 1) {
            throw new IllegalArgumentException("a bucket of " + bucket + " holds nothing");
        }
    }

    /** Begin of the bucket that a candle is in, epoch milliseconds; null without buckets. */
    @Nullable Long bucketOf(long openTime) {
        return bucket == null ? null : Math.floorDiv(openTime, bucket.toMillis()) * bucket.toMillis();
    }

    SignalCounts.Group groupOf(SentSignal signal) {
        var values = new ArrayList<String>();
        for (var field : fields) {
            values.add(
                    switch (field) {
                        case STRATEGY -> signal.strategyId();
                        case SYMBOL -> signal.symbol().name();
                        case TIMEFRAME -> signal.timeframe().id();
                        case ACTION -> signal.actionId();
                        case REVISION -> String.valueOf(signal.values().configRevision());
                    });
        }
        return new SignalCounts.Group(bucketOf(signal.openTime().toEpochMilli()), List.copyOf(values));
    }
}
