package io.tabot.indicator;

/** Wilder's moving average (alpha = 1/period), seeded with a mean, in the unit of the input. */
public final class Rma {

    private Rma() {}

    /** Below this many candles the original has no value. */
    public static int minimumLength(int period) {
        return period;
    }

    /**
     * The mean of the values present among the first {@code period} at index {@code period - 1}, NaN before; then
     * {@code ((period-1) y + x) / period}. A NaN input keeps {@code y}; after g of them the old mean counts
     * {@code (1-1/period)^(g+1)}. If the seed is NaN the average starts at the first value. Source: pandas-ta-classic
     * {@code rma}. {@code out} may be {@code in} if {@code from} is 0.
     */
    public static void compute(double[] in, int from, int length, int period, double[] out) {
        Period.require(period, "period");
        Ewm.seeded(in, from, length, period, Ewm.alphaOfWilder(period), out);
    }
}
