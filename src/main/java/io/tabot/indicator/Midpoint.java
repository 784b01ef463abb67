package io.tabot.indicator;

/** The middle between the highest high and the lowest low of a window, in the unit of the prices. */
public final class Midpoint {

    private Midpoint() {}

    /** 0: the original always has a value, NaN while warming up. */
    public static int minimumLength(int period) {
        return 0;
    }

    /**
     * Middle of the last {@code period} candles; NaN before index {@code period - 1} and while a NaN is in the
     * window.
     */
    public static void compute(double[] high, double[] low, int from, int length, int period, double[] out) {
        Period.require(period, "period");
        int top = from, bottom = from;
        for (int i = 0; i < length; i++) {
            top = Extremes.nextHighest(high, top, from, from + i, period);
            bottom = Extremes.nextLowest(low, bottom, from, from + i, period);
            out[i] = i + 1 < period ? Double.NaN : (high[top] + low[bottom]) / 2;
        }
    }

    /**
     * The same for one window: the {@code period} candles that end with index {@code last}, all of which must exist
     * and be finite.
     */
    public static double at(double[] high, double[] low, int last, int period) {
        Period.require(period, "period");
        int first = last + 1 - period;
        return (Extremes.highest(high, first, period) + Extremes.lowest(low, first, period)) / 2;
    }
}
