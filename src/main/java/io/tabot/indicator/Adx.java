package io.tabot.indicator;

import java.util.Arrays;

/** Average directional index: the strength of a trend, 0 to 100 without unit, whatever its direction. */
public final class Adx {

    private Adx() {}

    /** Below this many candles the original has no value. */
    public static int minimumLength(int period) {
        return period;
    }

    /**
     * {@link Rma} of {@code DX = 100 |+DI - -DI| / (+DI + -DI)}. Valid already from index {@code period - 1}, where
     * it equals DX (TA-Lib: {@code 2 period - 1}). Without any movement DX is NaN and is skipped; a range that never
     * moves gives NaN throughout. Movements below {@code epsilon} count as 0, and ranges are those of
     * {@link TrueRange}. Source: pandas-ta-classic {@code adx}. One pass, no scratch but {@code out} itself.
     */
    public static void compute(
            double[] high,
            double[] low,
            double[] close,
            int from,
            int length,
            int period,
            double epsilon,
            double[] out) {
        Period.require(period, "period");
        if (length < minimumLength(period)) {
            Arrays.fill(out, 0, length, Double.NaN);
            return;
        }
        double floor = TrueRange.floor(high, low, from, length, epsilon);
        double range = rangeSeed(high, low, close, from, period, floor, out);
        double plus = movementSeed(high, low, from, period, true, epsilon, out);
        double minus = movementSeed(high, low, from, period, false, epsilon, out);
        Arrays.fill(out, 0, period - 1, Double.NaN);
        double alpha = Ewm.alphaOfWilder(period);
        double keep = 1.0 - alpha;
        double rangeWeight = keep, plusWeight = keep, minusWeight = keep, weight = keep;
        double adx = direction(range, plus, minus);
        out[period - 1] = adx;
        for (int i = period; i < length; i++) {
            double newRange = TrueRange.at(high, low, close, from + i, floor);
            double newPlus = plusMovement(high, low, from + i, epsilon);
            double newMinus = minusMovement(high, low, from + i, epsilon);
            range = Ewm.step(range, rangeWeight, newRange, alpha);
            plus = Ewm.step(plus, plusWeight, newPlus, alpha);
            minus = Ewm.step(minus, minusWeight, newMinus, alpha);
            rangeWeight = Ewm.nextWeight(range, rangeWeight, newRange, keep);
            plusWeight = Ewm.nextWeight(plus, plusWeight, newPlus, keep);
            minusWeight = Ewm.nextWeight(minus, minusWeight, newMinus, keep);
            double direction = direction(range, plus, minus);
            adx = Ewm.step(adx, weight, direction, alpha);
            weight = Ewm.nextWeight(adx, weight, direction, keep);
            out[i] = adx;
        }
    }

    private static double rangeSeed(
            double[] high, double[] low, double[] close, int from, int period, double floor, double[] scratch) {
        scratch[0] = Double.NaN;
        for (int i = 1; i < period; i++) {
            scratch[i] = TrueRange.at(high, low, close, from + i, floor);
        }
        return Mean.ofPresent(scratch, 0, period, scratch);
    }

    private static double movementSeed(
            double[] high, double[] low, int from, int period, boolean plus, double epsilon, double[] scratch) {
        scratch[0] = Double.NaN;
        for (int i = 1; i < period; i++) {
            scratch[i] =
                    plus ? plusMovement(high, low, from + i, epsilon) : minusMovement(high, low, from + i, epsilon);
        }
        return Mean.ofPresent(scratch, 0, period, scratch);
    }

    private static double plusMovement(double[] high, double[] low, int i, double epsilon) {
        return movement(high[i] - high[i - 1], low[i - 1] - low[i], epsilon);
    }

    private static double minusMovement(double[] high, double[] low, int i, double epsilon) {
        return movement(low[i - 1] - low[i], high[i] - high[i - 1], epsilon);
    }

    /** The part of {@code move} that counts: all of it if it is positive and the larger of the two. */
    private static double movement(double move, double opposite, double epsilon) {
        // 0 * move keeps a NaN a NaN.
        double counted = move > opposite && move > 0 ? move : 0.0 * move;
        return Math.abs(counted) < epsilon ? 0.0 : counted;
    }

    private static double direction(double range, double plus, double minus) {
        double scale = 100.0 / range;
        double up = scale * plus;
        double down = scale * minus;
        return 100.0 * Math.abs(up - down) / (up + down);
    }
}
