package io.tabot.indicator;

import java.util.Arrays;

/**
 * The leading spans of the Ichimoku cloud, in the unit of the prices. Tenkan and kijun are {@link Midpoint}s of 9 and
 * 26 candles. A span is drawn {@code shift} candles ahead: its value at index i is made of what was known at
 * {@code i - shift} (in the original 26; ta4j's offset 26 reads {@code i - 25}). The lagging span is not here: at the
 * newest candle it is always undefined.
 */
public final class Ichimoku {

    private Ichimoku() {}

    /** 0: the original always has a value, NaN while warming up. */
    public static int minimumLength() {
        return 0;
    }

    /** Span A: the mean of tenkan and kijun, {@code shift} candles ago; both are indexed like {@code out}. */
    public static void spanA(double[] tenkan, double[] kijun, int length, int shift, double[] out) {
        Period.require(shift, "shift");
        Arrays.fill(out, 0, Math.min(length, shift), Double.NaN);
        for (int i = shift; i < length; i++) {
            out[i] = (tenkan[i - shift] + kijun[i - shift]) / 2;
        }
    }

    /** Span B: the {@link Midpoint} of {@code period} candles (in the original 52), {@code shift} candles ago. */
    public static void spanB(double[] high, double[] low, int from, int length, int period, int shift, double[] out) {
        Period.require(shift, "shift");
        int kept = Math.max(0, length - shift);
        Midpoint.compute(high, low, from, kept, period, out);
        System.arraycopy(out, 0, out, length - kept, kept);
        Arrays.fill(out, 0, length - kept, Double.NaN);
    }
}
