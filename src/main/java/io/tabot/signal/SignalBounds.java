package io.tabot.signal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which signals are wanted, by what they say; null means any.
 *
 * @param opened their candle opened at this time or later
 * @param openedBefore their candle opened before this time
 * @param confidenceMin inclusive
 * @param confidenceMax inclusive
 * @param revisionMin the configuration that they were decided under, or a later one
 * @param revisionMax the configuration that they were decided under, or an earlier one
 * @param published whether they went out
 */
public record SignalBounds(
        @Nullable Instant opened,
        @Nullable Instant openedBefore,
        @Nullable Double confidenceMin,
        @Nullable Double confidenceMax,
        @Nullable Long revisionMin,
        @Nullable Long revisionMax,
        @Nullable Boolean published) {
    public static final SignalBounds ANY = new SignalBounds(null, null, null, null, null, null, null);

    /** Of candles that opened in this stretch of time, under any configuration since a revision. */
    public static SignalBounds of(
            @Nullable Instant opened, @Nullable Instant openedBefore, @Nullable Long revisionMin) {
        return new SignalBounds(opened, openedBefore, null, null, revisionMin, null, null);
    }

    /** @param revision null where the signal names none, which is of no revision */
    boolean match(long openTime, double confidence, @Nullable Long revision, boolean isPublished) {
        return (opened == null || openTime >= opened.toEpochMilli())
                && (openedBefore == null || openTime < openedBefore.toEpochMilli())
                && (confidenceMin == null || confidence >= confidenceMin)
                && (confidenceMax == null || confidence <= confidenceMax)
                && (revisionMin == null || revision != null && revision >= revisionMin)
                && (revisionMax == null || revision != null && revision <= revisionMax)
                && (published == null || published == isPublished);
    }
}
