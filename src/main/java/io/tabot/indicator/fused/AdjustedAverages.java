package io.tabot.indicator.fused;

import java.util.Arrays;

/**
 * Up to five adjusted {@link io.tabot.indicator.Ema}s of the same closes, the averages of one adjusted
 * {@link io.tabot.indicator.Rsi} and three {@link io.tabot.indicator.MovingAverage}s at the newest value, in one loop:
 * while the divisions of the first are under way, the rest is free. Add what is wanted, then run.
 */
public final class AdjustedAverages {
    /** As many as the defaults of all strategies need: each costs a division a candle, wanted or not. */
    public static final int EMAS = 5;

    private static final int NO_RSI = 0;

    private final double[] mean = new double[EMAS];
    private final int[] periods = new int[EMAS];
    private final boolean[] isFree = new boolean[EMAS];
    private final double[][] lines = new double[EMAS][];
    private final AdjustedWeights weights = new AdjustedWeights();
    private final RollingSum firstSum = new RollingSum();
    private final RollingSum secondSum = new RollingSum();
    private final RollingSum thirdSum = new RollingSum();
    private final RollingSum[] sums = {firstSum, secondSum, thirdSum};

    private double[] gains = {};
    private double[] losses = {};
    private double[] nobodys = {};
    private double gain;
    private double loss;
    private int rsiPeriod;
    private int emas;
    private int means;

    /** Forgets what was wanted. Lines that are added have room for so many values. */
    public void begin(int length) {
        emas = 0;
        means = 0;
        rsiPeriod = NO_RSI;
        nobodys = nobodys.length < length ? new double[2 * length] : nobodys;
        gains = nobodys;
        losses = nobodys;
        Arrays.fill(lines, nobodys);
        Arrays.fill(isFree, true);
        for (var sum : sums) {
            sum.begin();
        }
    }

    public boolean hasRoomForEma() {
        return emas < EMAS;
    }

    public boolean hasRoomForMean() {
        return means < sums.length;
    }

    public void ema(int period, double[] line) {
        var lane = freeLane(period);
        isFree[lane] = false;
        periods[lane] = period;
        lines[lane] = line;
        emas++;
    }

    /** Where the weights of the period are already, if they are anywhere. */
    private int freeLane(int period) {
        var free = -1;
        for (var lane = 0; lane < EMAS; lane++) {
            if (isFree[lane] && (free < 0 || weights.has(lane, period))) {
                free = lane;
            }
        }
        return free;
    }

    /** There is one: gains and losses, both 0 or more and 0 for the oldest candle, are replaced by their averages. */
    public void rsi(int period, double[] gains, double[] losses) {
        rsiPeriod = period;
        this.gains = gains;
        this.losses = losses;
    }

    /** Of the newest values, as many as the period has: it is written where the line has the newest. */
    public void mean(int period, double[] values, double[] line) {
        sums[means++].want(period, values, line);
    }

    public void run(double[] closes, int from, int length) {
        prepareWeights(length);
        Arrays.fill(mean, closes[from]);
        gain = 0;
        loss = 0;
        for (var sum : sums) {
            sum.start(closes, from, length);
        }
        advance(closes, from, length);
        for (var sum : sums) {
            sum.finish();
        }
        for (var lane = 0; lane < EMAS; lane++) {
            // The original shows nothing before it has seen one value less than the period.
            Arrays.fill(lines[lane], 0, Math.min(length, Math.max(periods[lane] - 2, 0)), Double.NaN);
        }
    }

    private void prepareWeights(int length) {
        weights.reserve(length);
        for (var lane = 0; lane < EMAS; lane++) {
            if (!isFree[lane]) {
                weights.prepare(lane, periods[lane]);
            }
        }
        if (rsiPeriod != NO_RSI) {
            weights.prepareRsi(rsiPeriod);
        }
    }

    private void advance(double[] closes, int from, int length) {
        double a = mean[0], b = mean[1], c = mean[2], d = mean[3], e = mean[4], gain = this.gain, loss = this.loss;
        double sumA = firstSum.sum, addedA = firstSum.added, removedA = firstSum.removed;
        double sumB = secondSum.sum, addedB = secondSum.added, removedB = secondSum.removed;
        double sumC = thirdSum.sum, addedC = thirdSum.added, removedC = thirdSum.removed;
        double[] lineA = lines[0], lineB = lines[1], lineC = lines[2], lineD = lines[3], lineE = lines[4];
        double[] gains = this.gains, losses = this.losses, rows = weights.rows;
        double[] newA = firstSum.values, newB = secondSum.values, newC = thirdSum.values;
        double[] oldA = firstSum.leaving, oldB = secondSum.leaving, oldC = thirdSum.leaving;
        for (int i = 0, now = from, row = 0; i < length; i++, now++, row += AdjustedWeights.ROW) {
            double close = closes[now];
            lineA[i] = a = Steps.adjusted(a, rows[row], close);
            lineB[i] = b = Steps.adjusted(b, rows[row + 1], close);
            lineC[i] = c = Steps.adjusted(c, rows[row + 2], close);
            lineD[i] = d = Steps.adjusted(d, rows[row + 3], close);
            lineE[i] = e = Steps.adjusted(e, rows[row + 4], close);
            gains[i] = gain = Steps.adjusted(gain, rows[row + 5], gains[i], rows[row + 6]);
            losses[i] = loss = Steps.adjusted(loss, rows[row + 5], losses[i], rows[row + 6]);
            double lessA = -oldA[i] - removedA, nextA = sumA + lessA, moreA = newA[now] - addedA;
            removedA = nextA - sumA - lessA;
            sumA = nextA + moreA;
            addedA = sumA - nextA - moreA;
            double lessB = -oldB[i] - removedB, nextB = sumB + lessB, moreB = newB[now] - addedB;
            removedB = nextB - sumB - lessB;
            sumB = nextB + moreB;
            addedB = sumB - nextB - moreB;
            double lessC = -oldC[i] - removedC, nextC = sumC + lessC, moreC = newC[now] - addedC;
            removedC = nextC - sumC - lessC;
            sumC = nextC + moreC;
            addedC = sumC - nextC - moreC;
        }
        store(a, b, c, d, e);
        this.gain = gain;
        this.loss = loss;
        firstSum.store(sumA, addedA, removedA);
        secondSum.store(sumB, addedB, removedB);
        thirdSum.store(sumC, addedC, removedC);
    }

    private void store(double a, double b, double c, double d, double e) {
        mean[0] = a;
        mean[1] = b;
        mean[2] = c;
        mean[3] = d;
        mean[4] = e;
    }
}
