package io.tabot.indicator;

/** The average height of a candle, in the unit of the prices. */
public final class PriceRange {

    private PriceRange() {}

    /** 0: the original always has a value, NaN while warming up. */
    public static int minimumLength(int period) {
        return 0;
    }

    /**
     * {@link MovingAverage} of {@code high - low} (in the original over 10 candles); NaN before index
     * {@code period - 1}. {@code scratch[0, length)} is overwritten and must not be {@code out}.
     */
    public static void compute(
            double[] high, double[] low, int from, int length, int period, double[] scratch, double[] out) {
        for (int i = 0; i < length; i++) {
            scratch[i] = high[from + i] - low[from + i];
        }
        MovingAverage.simple(scratch, 0, length, period, out);
    }
}
