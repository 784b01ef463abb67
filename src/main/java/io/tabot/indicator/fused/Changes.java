package io.tabot.indicator.fused;

import java.util.Arrays;

/**
 * What changes from candle to candle, as lines for {@link WilderAverages} and {@link AdjustedAverages}, and what their
 * averages make. The value of the oldest candle, which is undefined, is 0.
 *
 * <p>The loops are written so that a compiler takes eight candles at a time: nothing branches, no value depends on the
 * one before, and every array is read at the same index, copies of the candles one place on included.
 */
public final class Changes {
    private static final double HALF = 0.5;

    private double[] highs = {};
    private double[] lows = {};
    private double[] closes = {};
    private double[] highsBefore = {};
    private double[] lowsBefore = {};
    private double[] closesBefore = {};
    private int length;

    /** Turns to other candles. */
    public void begin(double[] highs, double[] lows, double[] closes, int from, int length) {
        this.length = length;
        reserve();
        System.arraycopy(highs, from, this.highs, 0, length);
        System.arraycopy(lows, from, this.lows, 0, length);
        System.arraycopy(closes, from, this.closes, 0, length);
        // The oldest candle follows itself: no change.
        System.arraycopy(closes, from, closesBefore, 1, length - 1);
        closesBefore[0] = closes[from];
    }

    private void reserve() {
        if (closes.length < length) {
            highs = new double[2 * length];
            lows = new double[2 * length];
            closes = new double[2 * length];
            highsBefore = new double[2 * length];
            lowsBefore = new double[2 * length];
            closesBefore = new double[2 * length];
        }
    }

    /** How much each close is above the one before, and how much below it, or 0. */
    public void gainsAndLosses(double[] gains, double[] losses) {
        for (int i = 0; i < length; i++) {
            double change = closes[i] - closesBefore[i];
            double size = Math.abs(change);
            gains[i] = (size + change) * HALF;
            losses[i] = (size - change) * HALF;
        }
    }

    /** {@link io.tabot.indicator.TrueRange}s. */
    public void trueRanges(double epsilon, double[] out) {
        double floor = epsilon > 0 && hasEmptyRange() ? epsilon : 0;
        for (int i = 0; i < length; i++) {
            double jump = Math.max(Math.abs(highs[i] - closesBefore[i]), Math.abs(closesBefore[i] - lows[i]));
            out[i] = Math.max(Math.abs(highs[i] - lows[i] + floor), jump);
        }
        out[0] = 0;
    }

    private boolean hasEmptyRange() {
        double smallest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < length; i++) {
            smallest = Math.min(smallest, highs[i] - lows[i]);
        }
        return smallest == 0;
    }

    /**
     * How far each high is above the one before, if that is more than the low is below its own, else 0; and how far
     * each low is below the one before, if that is more than the high is above its own, else 0.
     */
    public void risesAndFalls(double epsilon, double[] rises, double[] falls) {
        System.arraycopy(highs, 0, highsBefore, 1, length - 1);
        System.arraycopy(lows, 0, lowsBefore, 1, length - 1);
        // What is not below epsilon is above the number before it.
        double least = Math.max(0.0, Math.nextDown(epsilon));
        for (int i = 0; i < length; i++) {
            double up = highs[i] - highsBefore[i], down = lowsBefore[i] - lows[i];
            rises[i] = up * Math.max(0.0, Math.signum(up - Math.max(down, least)));
        }
        for (int i = 0; i < length; i++) {
            double up = highs[i] - highsBefore[i], down = lowsBefore[i] - lows[i];
            falls[i] = down * Math.max(0.0, Math.signum(down - Math.max(up, least)));
        }
        rises[0] = 0;
        falls[0] = 0;
    }

    /** {@link io.tabot.indicator.Rsi#wilder} of the averages. */
    public void rsi(double[] gains, double[] losses, double[] out) {
        for (int i = 0; i < length; i++) {
            out[i] = 100.0 * gains[i] / (gains[i] + losses[i]);
        }
    }

    /** {@link io.tabot.indicator.Rsi#adjusted} of the averages. */
    public void rsiAdjusted(double[] gains, double[] losses, int period, double[] out) {
        for (int i = 0; i < length; i++) {
            out[i] = 100.0 - 100.0 / (1.0 + gains[i] / losses[i]);
        }
        Arrays.fill(out, 0, Math.min(period, length), Double.NaN);
    }
}
