package io.tabot.testing;

/**
 * Candles as columns, the oldest first; {@code openTime} in epoch milliseconds. The arrays are the caller's to
 * change.
 */
public record CandleColumns(
        long[] openTime, double[] open, double[] high, double[] low, double[] close, double[] volume, int length) {

    /** Columns of the given length, all zero. */
    public CandleColumns(int length) {
        this(
                new long[length],
                new double[length],
                new double[length],
                new double[length],
                new double[length],
                new double[length],
                length);
    }
}
