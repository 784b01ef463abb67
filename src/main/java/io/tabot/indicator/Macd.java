package io.tabot.indicator;

import java.util.Arrays;

/** Moving average convergence/divergence, in the unit of the closes. */
public final class Macd {

    private Macd() {}

    /**
     * Below this many candles the original has none of the three; signal and histogram are NaN for {@code signal - 1}
     * more.
     */
    public static int minimumLength(int fast, int slow, int signal) {
        return slow;
    }

    /**
     * {@code macd} = fast EMA - slow EMA, from index {@code slow - 1}; signal = EMA of macd, from
     * {@code slow + signal - 2}; histogram = macd - signal. Each EMA starts with the mean of its first values, as in
     * pandas-ta-classic {@code macd}, whose recurrence {@code k x + (1 - k) y} rounds differently from
     * {@link Ema#seeded}. Closes must not be NaN: a NaN stays.
     */
    public static void compute(
            double[] close,
            int from,
            int length,
            int fast,
            int slow,
            int signal,
            double[] macdOut,
            double[] signalOut,
            double[] histogramOut) {
        requirePeriods(fast, slow, signal);
        line(close, from, length, fast, slow, macdOut);
        signal(macdOut, length, slow - 1, signal, signalOut);
        for (int i = 0; i < length; i++) {
            histogramOut[i] = macdOut[i] - signalOut[i];
        }
    }

    private static void requirePeriods(int fast, int slow, int signal) {
        Period.require(fast, "fast");
        Period.require(signal, "signal");
        if (slow <= fast) {
            throw new IllegalArgumentException("slow must be above fast (" + fast + "), but is " + slow);
        }
    }

    private static void line(double[] close, int from, int length, int fast, int slow, double[] out) {
        Arrays.fill(out, 0, Math.min(length, slow - 1), Double.NaN);
        if (length < slow) {
            return;
        }
        double fastAlpha = 2.0 / (fast + 1), slowAlpha = 2.0 / (slow + 1);
        double quick = Mean.pairwise(close, from, fast);
        for (int i = fast; i < slow; i++) {
            quick = next(quick, close[from + i], fastAlpha);
        }
        double steady = Mean.pairwise(close, from, slow);
        out[slow - 1] = quick - steady;
        for (int i = slow; i < length; i++) {
            quick = next(quick, close[from + i], fastAlpha);
            steady = next(steady, close[from + i], slowAlpha);
            out[i] = quick - steady;
        }
    }

    private static void signal(double[] macd, int length, int first, int period, double[] out) {
        int seedAt = first + period - 1;
        Arrays.fill(out, 0, Math.min(length, seedAt), Double.NaN);
        if (length <= seedAt) {
            return;
        }
        double alpha = 2.0 / (period + 1);
        double mean = Mean.pairwise(macd, first, period);
        out[seedAt] = mean;
        for (int i = seedAt + 1; i < length; i++) {
            mean = next(mean, macd[i], alpha);
            out[i] = mean;
        }
    }

    private static double next(double mean, double value, double alpha) {
        return alpha * value + (1 - alpha) * mean;
    }
}
