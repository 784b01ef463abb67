package io.tabot.indicator.fused;

import java.util.Arrays;

/**
 * The running sum of a {@link io.tabot.indicator.MovingAverage} with its two compensations, and what its newest
 * mean is.
 * The loop that steps it is that of {@link AdjustedAverages}.
 */
final class RollingSum {
    double sum;
    double added;
    double removed;
    double[] values = {};

    /** What leaves the sum with each candle: at first 0, which leaves the sum and its compensation as they are. */
    double[] leaving = {};

    private double[] line = {};
    private int period;
    private int from;
    private int length;

    void begin() {
        period = 0;
    }

    void want(int period, double[] values, double[] line) {
        this.period = period;
        this.values = values;
        this.line = line;
    }

    /** If nobody wants it, it has to sum up something, and does so over these. */
    void start(double[] others, int from, int length) {
        this.from = from;
        this.length = length;
        leaving = leaving.length < length ? new double[2 * length] : leaving;
        if (period == 0) {
            values = others;
        } else {
            Arrays.fill(leaving, 0, period, 0);
            System.arraycopy(values, from, leaving, period, length - period);
        }
        sum = 0;
        added = 0;
        removed = 0;
    }

    void store(double sum, double added, double removed) {
        this.sum = sum;
        this.added = added;
        this.removed = removed;
    }

    void finish() {
        if (period > 0) {
            line[length - 1] = mean();
        }
    }

    private double mean() {
        var last = from + length - 1;
        var negatives = 0;
        var isConstant = true;
        for (var i = last; i > last - period; i--) {
            negatives += (int) (Double.doubleToRawLongBits(values[i]) >>> 63);
            isConstant &= values[i] == values[last];
        }
        return isConstant ? values[last] : ofOneSign(sum / period, negatives);
    }

    /** A mean of values of one sign has that sign, whatever the rounding of the sum says. */
    private double ofOneSign(double mean, int negatives) {
        var isImpossible = negatives == 0 && mean < 0 || negatives == period && mean > 0;
        return isImpossible ? 0.0 : mean;
    }
}
