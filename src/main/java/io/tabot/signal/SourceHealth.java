package io.tabot.signal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a candle source is doing.
 *
 * @param lastCandle when a candle last came in, or null if none has since the start
 * @param pending candles known to wait at the source; -1 when the source can't tell
 */
public record SourceHealth(boolean connected, @Nullable Instant lastCandle, long pending) {
    public static final long PENDING_UNKNOWN = -1;
}
