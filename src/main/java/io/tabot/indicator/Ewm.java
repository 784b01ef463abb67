package io.tabot.indicator;

import java.util.Arrays;

/**
 * The update rule of {@code pandas.ewm(...).mean()} with {@code ignore_na=False}: the mean so far carries a weight
 * that decays by {@code keep = 1 - alpha} a candle, also over NaN candles, so the first value after a gap counts for
 * more.
 */
public final class Ewm {

    private Ewm() {}

    /** Smoothing factor of an EMA, by way of pandas' centre of mass: 2/(period+1) would round differently. */
    public static double alphaOfSpan(int period) {
        return 1.0 / (1.0 + (period - 1) / 2.0);
    }

    /** Smoothing factor of a Wilder average; 1/period, sent through the centre of mass and back as pandas does. */
    public static double alphaOfWilder(int period) {
        double alpha = 1.0 / period;
        return 1.0 / (1.0 + (1.0 - alpha) / alpha);
    }

    /**
     * The mean after one more value. {@code weight} is what the old mean counts, {@code share} what the value counts.
     * An equal value leaves the mean as it is, so a constant series keeps its exact value.
     */
    static double step(double mean, double weight, double value, double share) {
        if (Double.isNaN(mean)) {
            return value;
        }
        if (Double.isNaN(value) || mean == value) {
            return mean;
        }
        double total = weight + share;
        double sum = weight * mean + share * value;
        // Unadjusted weights add up to exactly 1 unless there was a gap: no division in the common case.
        return total == 1.0 ? sum : sum / total;
    }

    /** Weight of an unadjusted mean at the next step: reset by a value, decayed further by a gap. */
    static double nextWeight(double mean, double weight, double value, double keep) {
        return Double.isNaN(value) && !Double.isNaN(mean) ? weight * keep : keep;
    }

    /**
     * The unadjusted mean, seeded at index {@code period - 1} with the mean of the values up to there; NaN before, and
     * throughout where there are fewer. In place if {@code from} is 0.
     */
    static void seeded(double[] in, int from, int length, int period, double alpha, double[] out) {
        if (length < period) {
            Arrays.fill(out, 0, length, Double.NaN);
            return;
        }
        double seed = Mean.ofPresent(in, from, period, out);
        Arrays.fill(out, 0, period - 1, Double.NaN);
        out[period - 1] = seed;
        unadjusted(in, from, period, length, alpha, out);
    }

    /**
     * Continues the unadjusted mean in {@code out[start - 1]} over {@code [start, length)}; in place if {@code from}
     * is 0.
     */
    static void unadjusted(double[] in, int from, int start, int length, double alpha, double[] out) {
        double keep = 1.0 - alpha;
        double mean = out[start - 1];
        double weight = keep;
        for (int i = start; i < length; i++) {
            double value = in[from + i];
            mean = step(mean, weight, value, alpha);
            weight = nextWeight(mean, weight, value, keep);
            out[i] = mean;
        }
    }

    /** The mean with adjusted weights from the first value on; NaN until {@code minimumValues} values were seen. */
    static void adjusted(double[] in, int from, int length, double alpha, int minimumValues, double[] out) {
        double keep = 1.0 - alpha;
        double mean = Double.NaN;
        double weight = 0.0;
        int values = 0;
        for (int i = 0; i < length; i++) {
            double value = in[from + i];
            mean = step(mean, weight * keep, value, 1.0);
            weight = nextAdjustedWeight(weight, value, keep);
            values += Double.isNaN(value) ? 0 : 1;
            out[i] = values < minimumValues ? Double.NaN : mean;
        }
    }

    /** Weight of everything seen so far, with 1 for the value itself; 0 before the first value. */
    static double nextAdjustedWeight(double weight, double value, double keep) {
        return Double.isNaN(value) ? weight * keep : weight * keep + 1.0;
    }
}
