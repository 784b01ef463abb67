package io.tabot.indicator;

/**
 * Exponential moving averages, in the unit of the input. The two kinds differ visibly until a few periods have
 * passed.
 */
public final class Ema {

    private Ema() {}

    /** Below this many candles the original has no seeded EMA. The adjusted one is never absent. */
    public static int minimumLength(int period) {
        return period;
    }

    /**
     * EMA seeded with the mean of the first {@code period} values at index {@code period - 1}, NaN before; then
     * {@code y + alpha (x - y)} with {@code alpha = 2 / (period + 1)}. NaN inputs are skipped, a gap raises the
     * weight of what follows. Source: pandas-ta-classic {@code ema}. {@code out} may be {@code in} if {@code from} is
     * 0.
     */
    public static void seeded(double[] in, int from, int length, int period, double[] out) {
        Period.require(period, "period");
        Ewm.seeded(in, from, length, period, Ewm.alphaOfSpan(period), out);
    }

    /**
     * Average with weights {@code q^age}, {@code q = 1 - 2 / (period + 1)}, divided by their sum; no seed. NaN before
     * {@code period - 1} values were seen. Source: pandas
     * {@code ewm(span=period, min_periods=period-1, adjust=True).mean()}. {@code out} may be {@code in} if
     * {@code from} is 0.
     */
    public static void adjusted(double[] in, int from, int length, int period, double[] out) {
        Period.require(period, "period");
        Ewm.adjusted(in, from, length, Ewm.alphaOfSpan(period), Math.max(period - 1, 1), out);
    }
}
