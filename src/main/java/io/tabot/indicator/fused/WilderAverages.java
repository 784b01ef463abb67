package io.tabot.indicator.fused;

import io.tabot.indicator.Ewm;
import io.tabot.indicator.Sum;
import java.util.Arrays;

/**
 * Up to three {@link io.tabot.indicator.Rma}s of lines whose first value is undefined, as that of every difference is,
 * in one loop. Each line has 0 in its place and is replaced by its average.
 */
public final class WilderAverages {
    public static final int LINES = 3;

    private final double[] mean = new double[LINES];
    private final double[] keep = new double[LINES];
    private final double[] share = new double[LINES];
    private final double[] seeds = new double[LINES];
    private final int[] seedAt = new int[LINES];
    private final double[][] lines = new double[LINES][];
    private double[] nobodys = {};
    private int used;

    /** Forgets what was wanted. Lines that are added have room for so many values. */
    public void begin(int length) {
        used = 0;
        nobodys = nobodys.length < length ? new double[length] : nobodys;
        Arrays.fill(lines, nobodys);
        Arrays.fill(mean, Double.NaN);
    }

    public boolean hasRoomFor(int count) {
        return used + count <= LINES;
    }

    /** A line of at least as many values as the period has. */
    public void average(int period, double[] line) {
        share[used] = Ewm.alphaOfWilder(period);
        keep[used] = 1.0 - share[used];
        seeds[used] = Sum.pairwise(line, 0, period) / (period - 1);
        seedAt[used] = period - 1;
        lines[used++] = line;
    }

    public void run(int length) {
        if (used > 0) {
            fill(length);
        }
    }

    private void fill(int length) {
        var start = 0;
        for (var lane = 0; lane < used; lane++) {
            start = Math.max(start, seedAt[lane]);
        }
        for (var lane = 0; lane < used; lane++) {
            walk(lane, start);
        }
        advance(start + 1, length - 1);
    }

    /** Alone, to where all have started. */
    private void walk(int lane, int last) {
        var line = lines[lane];
        Arrays.fill(line, 0, seedAt[lane], Double.NaN);
        line[seedAt[lane]] = seeds[lane];
        for (var i = seedAt[lane] + 1; i <= last; i++) {
            line[i] = Steps.seeded(line[i - 1], keep[lane], line[i], share[lane]);
        }
        mean[lane] = line[last];
    }

    private void advance(int first, int last) {
        double a = mean[0], keepA = keep[0], shareA = share[0];
        double b = mean[1], keepB = keep[1], shareB = share[1];
        double c = mean[2], keepC = keep[2], shareC = share[2];
        double[] lineA = lines[0], lineB = lines[1], lineC = lines[2];
        for (int i = first; i <= last; i++) {
            lineA[i] = a = Steps.seeded(a, keepA, lineA[i], shareA);
            lineB[i] = b = Steps.seeded(b, keepB, lineB[i], shareB);
            lineC[i] = c = Steps.seeded(c, keepC, lineC[i], shareC);
        }
        mean[0] = a;
        mean[1] = b;
        mean[2] = c;
    }
}
