package io.tabot.indicator;

/**
 * How a candle lies to the one before it. Index {@code i} must have a predecessor in the arrays; with NaN both are
 * false.
 */
public final class BarPattern {

    private BarPattern() {}

    /** Whether candle {@code i} stays within the range of its predecessor; touching it counts. */
    public static boolean isInside(double[] high, double[] low, int i) {
        return high[i] <= high[i - 1] && low[i] >= low[i - 1];
    }

    /** Whether candle {@code i} goes beyond its predecessor on both sides. */
    public static boolean isOutside(double[] high, double[] low, int i) {
        return high[i] > high[i - 1] && low[i] < low[i - 1];
    }
}
