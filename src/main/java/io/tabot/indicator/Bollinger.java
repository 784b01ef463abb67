package io.tabot.indicator;

import java.util.Arrays;

/**
 * Bollinger bands as their parts: lower and upper band are {@code middle -/+ multiplier * deviation}. Unit of the
 * closes.
 */
public final class Bollinger {

    private Bollinger() {}

    /** Below this many candles the original has no bands. */
    public static int minimumLength(int period) {
        return period;
    }

    /**
     * {@code middle} = {@link MovingAverage}, {@code deviation} = population standard deviation (divided by
     * {@code period}) of the same closes, zero or more; both NaN before index {@code period - 1}. Source:
     * pandas-ta-classic {@code bbands}, which takes the deviation around the slice's own mean: it may differ from
     * {@code middle} in the last bit.
     */
    public static void compute(
            double[] close, int from, int length, int period, double[] middleOut, double[] deviationOut) {
        MovingAverage.simple(close, from, length, period, middleOut);
        Arrays.fill(deviationOut, 0, Math.min(length, period - 1), Double.NaN);
        for (int i = period - 1; i < length; i++) {
            deviationOut[i] = deviation(close, from + i, period);
        }
    }

    /** The deviation at one candle: of the {@code period} closes up to and including {@code close[last]}. */
    public static double deviation(double[] close, int last, int period) {
        int first = last + 1 - period;
        double mean = Mean.pairwise(close, first, period);
        return Math.sqrt(Sum.squaredDeviations(close, first, period, mean) / period);
    }
}
