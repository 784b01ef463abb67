package io.tabot.indicator.fused;

import io.tabot.indicator.Ewm;
import java.util.Arrays;

/**
 * What the mean so far weighs at each candle against a weight of 1 for the candle: it depends on the period alone,
 * so it is kept until another period takes its place. One row a candle, and in it a column for each average.
 */
final class AdjustedWeights {
    /** The averages, the weight of the RSI's two, what their sums may be multiplied with, and an unused one. */
    static final int ROW = 8;

    private static final int RSI = AdjustedAverages.EMAS;
    private static final int RSI_INVERSE = RSI + 1;

    double[] rows = {};
    private final int[] periods = new int[ROW];

    void reserve(int length) {
        if (rows.length < length * ROW) {
            rows = new double[2 * length * ROW];
            Arrays.fill(periods, 0);
            // While nobody wants an RSI, nothing is to be divided.
            invert();
        }
    }

    boolean has(int lane, int period) {
        return periods[lane] == period;
    }

    void prepare(int lane, int period) {
        if (!has(lane, period)) {
            fill(lane, 0, 1.0 - Ewm.alphaOfSpan(period));
            periods[lane] = period;
        }
    }

    void prepareRsi(int period) {
        if (!has(RSI, period)) {
            // The oldest candle has no change, so the first one that counts is the next.
            fill(RSI, 1, 1.0 - 1.0 / period);
            invert();
            periods[RSI] = period;
        }
    }

    private void fill(int column, int start, double keep) {
        var weight = 0.0;
        for (var i = 0; i < rows.length / ROW; i++) {
            rows[i * ROW + column] = weight * keep;
            weight = i < start ? 0 : weight * keep + 1.0;
        }
    }

    /**
     * A division by 1 or 2 is a multiplication with the inverse, and needs no exception for equal values. The weights
     * of an RSI of 2 come to that.
     */
    private void invert() {
        for (var i = 0; i < rows.length; i += ROW) {
            var total = rows[i + RSI] + 1.0;
            rows[i + RSI_INVERSE] = total == 1 || total == 2 ? 1.0 / total : 0;
        }
    }
}
