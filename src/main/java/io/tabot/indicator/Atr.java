package io.tabot.indicator;

import java.util.Arrays;

/** Average true range: {@link Rma} of {@link TrueRange}, in the unit of the prices. */
public final class Atr {

    private Atr() {}

    /** Below this many candles the original has no value. */
    public static int minimumLength(int period) {
        return period;
    }

    /**
     * Valid from index {@code period - 1}, seeded with the {@code period - 1} true ranges there are by then; zero or
     * more. {@code epsilon}
     * as in {@link TrueRange}. Source: pandas-ta-classic {@code atr}.
     */
    public static void compute(
            double[] high,
            double[] low,
            double[] close,
            int from,
            int length,
            int period,
            double epsilon,
            double[] out) {
        Period.require(period, "period");
        if (length < minimumLength(period)) {
            Arrays.fill(out, 0, length, Double.NaN);
            return;
        }
        TrueRange.compute(high, low, close, from, length, epsilon, out);
        Rma.compute(out, 0, length, period, out);
    }
}
