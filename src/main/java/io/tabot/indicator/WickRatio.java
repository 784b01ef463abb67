package io.tabot.indicator;

/** The share of a candle's range that lies outside its body: 0 (no wicks) to 1 (no body), without unit. */
public final class WickRatio {

    private WickRatio() {}

    /** 0: the original always has a value. */
    public static int minimumLength() {
        return 0;
    }

    /** {@code ((high - low) - |close - open|) / (high - low)}; NaN for a candle without range and body, no warm-up. */
    public static void compute(
            double[] open, double[] high, double[] low, double[] close, int from, int length, double[] out) {
        for (int i = 0; i < length; i++) {
            int at = from + i;
            double range = high[at] - low[at];
            out[i] = (range - Math.abs(close[at] - open[at])) / range;
        }
    }
}
