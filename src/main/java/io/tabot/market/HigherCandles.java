package io.tabot.market;

import org.jspecify.annotations.Nullable;

/** The candles that the same symbol has on higher timeframes. */
public interface HigherCandles {
    /** Candles of a higher timeframe that a strategy sees at most. */
    int LENGTH_MAX = 250;

    /** There are none. */
    HigherCandles NONE = (_, _) -> null;

    /**
     * The newest candles of a higher timeframe of which none closed after this instant; null if they are not known, or
     * not up to that instant. Whether one of them arrived early or late makes no difference to the answer.
     *
     * @param instant epoch milliseconds: the close time of the candle that is evaluated
     */
    @Nullable CandleSeries closedBy(Timeframe timeframe, long instant);

    /** Whether {@link #closedBy} has an answer. */
    default boolean isKnown(Timeframe timeframe, long instant) {
        return closedBy(timeframe, instant) != null;
    }
}
