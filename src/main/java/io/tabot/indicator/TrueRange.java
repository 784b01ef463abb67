package io.tabot.indicator;

/**
 * True range of a candle: how far price moved, including the jump from the previous close. In the unit of the prices.
 */
public final class TrueRange {

    /** What numpy calls the machine epsilon, 2^-52: what pandas-ta-classic puts in place of a range of zero. */
    public static final double PANDAS_EPSILON = Math.ulp(1.0);

    private TrueRange() {}

    /** 0: the original always has a value, NaN while warming up. */
    public static int minimumLength() {
        return 0;
    }

    /**
     * {@code max(high - low, |high - previous close|, |previous close - low|)}, zero or more; NaN at index 0, which
     * has no previous close. If any candle of the range has high = low, {@code epsilon} is added to every
     * {@code high - low}. The original adds {@link #PANDAS_EPSILON}; with 0 the ranges scale exactly with the prices.
     */
    public static void compute(
            double[] high, double[] low, double[] close, int from, int length, double epsilon, double[] out) {
        if (length < 1) {
            return;
        }
        double floor = floor(high, low, from, length, epsilon);
        out[0] = Double.NaN;
        for (int i = 1; i < length; i++) {
            out[i] = at(high, low, close, from + i, floor);
        }
    }

    /** What is added to each {@code high - low} of this range: {@code epsilon} if one of them is zero, else 0. */
    static double floor(double[] high, double[] low, int from, int length, double epsilon) {
        for (int i = from; i < from + length; i++) {
            if (high[i] - low[i] == 0) {
                return epsilon;
            }
        }
        return 0.0;
    }

    /**
     * True range of candle {@code i}, which must have a predecessor. A NaN distance to the previous close is ignored.
     */
    static double at(double[] high, double[] low, double[] close, int i, double floor) {
        double range = Math.abs(high[i] - low[i] + floor);
        double above = Math.abs(high[i] - close[i - 1]);
        double below = Math.abs(close[i - 1] - low[i]);
        range = above > range ? above : range;
        return below > range ? below : range;
    }
}
