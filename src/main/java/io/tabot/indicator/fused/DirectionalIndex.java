package io.tabot.indicator.fused;

import io.tabot.indicator.Ewm;
import io.tabot.indicator.Sum;
import java.util.Arrays;

/** {@link io.tabot.indicator.Adx} of ranges and movements that are there already: its four averages in one loop. */
public final class DirectionalIndex {
    private DirectionalIndex() {}

    /** There are at least as many values as the period has; the first of each is undefined, and 0. */
    public static void adx(int period, double[] ranges, double[] rises, double[] falls, int length, double[] out) {
        double share = Ewm.alphaOfWilder(period), keep = 1.0 - share;
        double range = seed(period, ranges), plus = seed(period, rises), minus = seed(period, falls);
        double adx = direction(range, plus, minus);
        Arrays.fill(out, 0, period - 1, Double.NaN);
        out[period - 1] = adx;
        for (int i = period; i < length; i++) {
            range = Steps.seeded(range, keep, ranges[i], share);
            plus = Steps.seeded(plus, keep, rises[i], share);
            minus = Steps.seeded(minus, keep, falls[i], share);
            out[i] = adx = Steps.seeded(adx, keep, direction(range, plus, minus), share);
        }
    }

    private static double seed(int period, double[] values) {
        return Sum.pairwise(values, 0, period) / (period - 1);
    }

    private static double direction(double range, double plus, double minus) {
        double scale = 100.0 / range;
        double up = scale * plus;
        double down = scale * minus;
        return 100.0 * Math.abs(up - down) / (up + down);
    }
}
