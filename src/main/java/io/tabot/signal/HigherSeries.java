package io.tabot.signal;

import io.tabot.market.Timeframe;

/** Candles of a timeframe that strategies on a lower one look at: kept for them, not evaluated. */
final class HigherSeries extends Series {
    private static final long NEVER = Long.MIN_VALUE;

    private long asked = NEVER;

    HigherSeries(Timeframe timeframe) {
        super(timeframe);
    }

    /**
     * Whether the history should be asked for candles that opened before this one: at first, and once for each candle
     * that should have come by now. What no history has is not asked for again and again.
     */
    boolean lacksHistoryBefore(long openTime) {
        var isComplete = window.contains(timeframe.openTime(openTime - 1));
        return mustReadHistory() || asked == NEVER || !isComplete && asked != openTime;
    }

    void asked(long openTime) {
        asked = openTime;
    }
}
