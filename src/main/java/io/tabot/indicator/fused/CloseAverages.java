package io.tabot.indicator.fused;

import io.tabot.indicator.Ewm;
import io.tabot.indicator.Mean;
import java.util.Arrays;

/**
 * Up to five {@link io.tabot.indicator.Ema}s and one {@link io.tabot.indicator.Macd} of the same closes in one
 * loop. Add what is wanted, then run.
 */
public final class CloseAverages {
    /** As many as the defaults of all strategies need. */
    public static final int EMAS = 5;

    /**
     * Averages that start within so many candles walk the first of them each on its own: that costs less than a
     * loop.
     */
    private static final int TOGETHER_WITHIN = 12;

    private static final int SLOW = EMAS;
    private static final int SIGNAL = EMAS + 1;
    private static final int FAST = EMAS + 2;
    private static final int LANES = EMAS + 3;
    private static final int NEVER = Integer.MAX_VALUE;

    private final double[] mean = new double[LANES];
    private final double[] keep = new double[LANES];
    private final double[] share = new double[LANES];
    private final int[] periods = new int[LANES];
    private final int[] seedAt = new int[LANES];

    /** The line of each lane; that of SLOW is the MACD. */
    private final double[][] lines = new double[LANES][];

    private double[] histogram = {};
    private double[] nobodys = {};
    private double[] closes = {};
    private int from;
    private int length;
    private int emas;

    /** Turns to other closes and forgets what was wanted. Lines that are added have room for so many values. */
    public void begin(double[] closes, int from, int length) {
        this.closes = closes;
        this.from = from;
        this.length = length;
        emas = 0;
        nobodys = nobodys.length < length ? new double[2 * length] : nobodys;
        histogram = nobodys;
        Arrays.fill(lines, nobodys);
        Arrays.fill(seedAt, NEVER);
        Arrays.fill(mean, Double.NaN);
    }

    public boolean hasRoom() {
        return emas < EMAS;
    }

    public void ema(int period, double[] line) {
        lane(emas++, period, period - 1, Ewm.alphaOfSpan(period), line);
    }

    /** There is one. */
    public void macd(int fast, int slow, int signal, double[] macd, double[] signalLine, double[] histogram) {
        lane(FAST, fast, NEVER, 2.0 / (fast + 1), nobodys);
        lane(SLOW, slow, slow - 1, 2.0 / (slow + 1), macd);
        lane(SIGNAL, signal, slow + signal - 2, 2.0 / (signal + 1), signalLine);
        this.histogram = histogram;
    }

    private void lane(int lane, int period, int start, double alpha, double[] line) {
        periods[lane] = period;
        seedAt[lane] = start;
        share[lane] = alpha;
        keep[lane] = 1.0 - alpha;
        lines[lane] = line;
    }

    public void run() {
        if (nextSeed(0) == NEVER) {
            return;
        }
        fill();
        for (var i = 0; i < length; i++) {
            histogram[i] = lines[SLOW][i] - lines[SIGNAL][i];
        }
    }

    private void fill() {
        var first = 0;
        for (var seed = nextSeed(0); seed < length; seed = nextSeed(first)) {
            var last = lastSeed(Math.min(seed + TOGETHER_WITHIN, length - 1));
            if (first == 0) {
                fillBefore(last);
            } else {
                advance(first, last);
            }
            start(first, last);
            first = last + 1;
        }
        advance(first, length - 1);
    }

    private int nextSeed(int first) {
        var next = NEVER;
        for (var at : seedAt) {
            next = at >= first && at < next ? at : next;
        }
        return next;
    }

    private int lastSeed(int limit) {
        var last = 0;
        for (var at : seedAt) {
            last = at <= limit && at > last ? at : last;
        }
        return last;
    }

    private void fillBefore(int last) {
        for (var line : lines) {
            Arrays.fill(line, 0, last + 1, Double.NaN);
        }
    }

    /** Lets the lanes whose seed lies between the two begin there and catch up with the others. */
    private void start(int first, int last) {
        for (var lane = 0; lane < SIGNAL + 1; lane++) {
            if (first <= seedAt[lane] && seedAt[lane] <= last) {
                switch (lane) {
                    case SLOW -> startMacd(last);
                    case SIGNAL -> startSignal(last);
                    default -> walk(lane, last);
                }
            }
        }
    }

    /** One EMA alone from its start to an index, exceptions included. */
    private void walk(int lane, int last) {
        var line = lines[lane];
        line[seedAt[lane]] = Mean.pairwise(closes, from, periods[lane]);
        for (var i = seedAt[lane] + 1; i <= last; i++) {
            line[i] = Steps.seeded(line[i - 1], keep[lane], closes[from + i], share[lane]);
        }
        mean[lane] = line[last];
    }

    private void startMacd(int last) {
        double fast = Mean.pairwise(closes, from, periods[FAST]);
        for (var i = periods[FAST]; i < periods[SLOW]; i++) {
            fast = Steps.macd(fast, keep[FAST], closes[from + i], share[FAST]);
        }
        double slow = Mean.pairwise(closes, from, periods[SLOW]);
        var line = lines[SLOW];
        line[seedAt[SLOW]] = fast - slow;
        for (var i = seedAt[SLOW] + 1; i <= last; i++) {
            fast = Steps.macd(fast, keep[FAST], closes[from + i], share[FAST]);
            slow = Steps.macd(slow, keep[SLOW], closes[from + i], share[SLOW]);
            line[i] = fast - slow;
        }
        mean[FAST] = fast;
        mean[SLOW] = slow;
    }

    private void startSignal(int last) {
        var macd = lines[SLOW];
        var line = lines[SIGNAL];
        line[seedAt[SIGNAL]] = Mean.pairwise(macd, seedAt[SLOW], periods[SIGNAL]);
        for (var i = seedAt[SIGNAL] + 1; i <= last; i++) {
            line[i] = Steps.macd(line[i - 1], keep[SIGNAL], macd[i], share[SIGNAL]);
        }
        mean[SIGNAL] = line[last];
    }

    /** An average that has not started is NaN and stays NaN. */
    private void advance(int first, int last) {
        double a = mean[0], keepA = keep[0], shareA = share[0];
        double b = mean[1], keepB = keep[1], shareB = share[1];
        double c = mean[2], keepC = keep[2], shareC = share[2];
        double d = mean[3], keepD = keep[3], shareD = share[3];
        double e = mean[4], keepE = keep[4], shareE = share[4];
        double fast = mean[FAST], keepFast = keep[FAST], shareFast = share[FAST];
        double slow = mean[SLOW], keepSlow = keep[SLOW], shareSlow = share[SLOW];
        double signal = mean[SIGNAL], keepSignal = keep[SIGNAL], shareSignal = share[SIGNAL];
        double[] lineA = lines[0], lineB = lines[1], lineC = lines[2], lineD = lines[3], lineE = lines[4];
        double[] macds = lines[SLOW], signals = lines[SIGNAL], closes = this.closes;
        for (int i = first, now = from + first; i <= last; i++, now++) {
            double close = closes[now];
            lineA[i] = a = Steps.seeded(a, keepA, close, shareA);
            lineB[i] = b = Steps.seeded(b, keepB, close, shareB);
            lineC[i] = c = Steps.seeded(c, keepC, close, shareC);
            lineD[i] = d = Steps.seeded(d, keepD, close, shareD);
            lineE[i] = e = Steps.seeded(e, keepE, close, shareE);
            fast = Steps.macd(fast, keepFast, close, shareFast);
            slow = Steps.macd(slow, keepSlow, close, shareSlow);
            macds[i] = fast - slow;
            signals[i] = signal = Steps.macd(signal, keepSignal, fast - slow, shareSignal);
        }
        store(a, b, c, d, e);
        mean[FAST] = fast;
        mean[SLOW] = slow;
        mean[SIGNAL] = signal;
    }

    private void store(double a, double b, double c, double d, double e) {
        mean[0] = a;
        mean[1] = b;
        mean[2] = c;
        mean[3] = d;
        mean[4] = e;
    }
}
