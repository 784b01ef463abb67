package io.tabot.indicator;

import java.util.Arrays;

/**
 * Relative strength index of closes, 0 to 100 without unit. NaN where no close has moved yet (0/0), never 0 or 100 by
 * decree.
 */
public final class Rsi {

    private Rsi() {}

    /** Below this many candles the original has no Wilder RSI. The adjusted one is never absent. */
    public static int minimumLength(int period) {
        return period;
    }

    /**
     * Wilder's RSI: {@code 100 U / (U + D)} with {@link Rma} averages of gains and losses. Valid from index
     * {@code period - 1}, seeded with the {@code period - 1} differences there are by then (TA-Lib: one candle and
     * one difference later). Source: pandas-ta-classic {@code rsi}. NaN closes are skipped.
     */
    public static void wilder(double[] close, int from, int length, int period, double[] out) {
        Period.require(period, "period");
        if (length < minimumLength(period)) {
            Arrays.fill(out, 0, length, Double.NaN);
            return;
        }
        double gain = seed(close, from, period, true, out);
        double loss = seed(close, from, period, false, out);
        Arrays.fill(out, 0, period - 1, Double.NaN);
        out[period - 1] = share(gain, loss);
        double alpha = Ewm.alphaOfWilder(period);
        double keep = 1.0 - alpha;
        double weight = keep;
        for (int i = period; i < length; i++) {
            double change = close[from + i] - close[from + i - 1];
            gain = Ewm.step(gain, weight, gain(change), alpha);
            loss = Ewm.step(loss, weight, loss(change), alpha);
            weight = Ewm.nextWeight(gain, weight, change, keep);
            out[i] = share(gain, loss);
        }
    }

    /**
     * RSI with adjusted exponential averages, {@code alpha = 1 / period}, no seed; valid from index {@code period}. A
     * rise without any loss gives 100. Source: pandas {@code ewm(com=period-1, adjust=True, min_periods=period)} over
     * gains and losses.
     */
    public static void adjusted(double[] close, int from, int length, int period, double[] out) {
        Period.require(period, "period");
        double keep = 1.0 - 1.0 / period;
        double gain = Double.NaN, loss = Double.NaN, weight = 0.0;
        int values = 0;
        for (int i = 0; i < length; i++) {
            double change = i == 0 ? Double.NaN : close[from + i] - close[from + i - 1];
            gain = Ewm.step(gain, weight * keep, gain(change), 1.0);
            loss = Ewm.step(loss, weight * keep, -loss(change), 1.0);
            weight = Ewm.nextAdjustedWeight(weight, change, keep);
            values += Double.isNaN(change) ? 0 : 1;
            out[i] = values < period ? Double.NaN : 100.0 - 100.0 / (1.0 + gain / loss);
        }
    }

    private static double seed(double[] close, int from, int period, boolean gains, double[] scratch) {
        scratch[0] = Double.NaN;
        for (int i = 1; i < period; i++) {
            double change = close[from + i] - close[from + i - 1];
            scratch[i] = gains ? gain(change) : loss(change);
        }
        return Mean.ofPresent(scratch, 0, period, scratch);
    }

    /** {@code loss} is negative or zero. */
    private static double share(double gain, double loss) {
        return 100.0 * gain / (gain + Math.abs(loss));
    }

    private static double gain(double change) {
        return change < 0 ? 0.0 : change;
    }

    private static double loss(double change) {
        return change > 0 ? 0.0 : change;
    }
}
