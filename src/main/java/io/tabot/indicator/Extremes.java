package io.tabot.indicator;

/** Highest and lowest value of a moving window, in the unit of the input. Of equal values the newest is meant. */
public final class Extremes {

    private Extremes() {}

    /** 0: the original always has a value, NaN while warming up. */
    public static int minimumLength(int period) {
        return 0;
    }

    /**
     * Highest of the last {@code period} values; NaN before index {@code period - 1} and while a NaN is in the
     * window.
     */
    public static void highest(double[] in, int from, int length, int period, double[] out) {
        Period.require(period, "period");
        int best = from;
        for (int i = 0; i < length; i++) {
            best = nextHighest(in, best, from, from + i, period);
            out[i] = i + 1 < period ? Double.NaN : in[best];
        }
    }

    /**
     * Lowest of the last {@code period} values; NaN before index {@code period - 1} and while a NaN is in the window.
     */
    public static void lowest(double[] in, int from, int length, int period, double[] out) {
        Period.require(period, "period");
        int best = from;
        for (int i = 0; i < length; i++) {
            best = nextLowest(in, best, from, from + i, period);
            out[i] = i + 1 < period ? Double.NaN : in[best];
        }
    }

    /**
     * Index into {@code in} of the highest of {@code in[from, from + length)}, or of its newest NaN; {@code length}
     * is 1 or more.
     */
    public static int indexOfHighest(double[] in, int from, int length) {
        int best = from;
        for (int i = from + 1; i < from + length; i++) {
            best = higher(in, best, i);
        }
        return best;
    }

    /**
     * Index into {@code in} of the lowest of {@code in[from, from + length)}, or of its newest NaN; {@code length} is
     * 1 or more.
     */
    public static int indexOfLowest(double[] in, int from, int length) {
        int best = from;
        for (int i = from + 1; i < from + length; i++) {
            best = lower(in, best, i);
        }
        return best;
    }

    /**
     * The highest of {@code in[from, from + length)}, all of them finite; {@code length} is 1 or more. Of 0.0 and -0.0
     * the first counts as higher.
     */
    public static double highest(double[] in, int from, int length) {
        // Numbers that are not negative are ordered as their bits are, and those are compared without branching.
        long best = Double.doubleToRawLongBits(in[from]);
        for (int i = from + 1; i < from + length; i++) {
            best = Math.max(best, Double.doubleToRawLongBits(in[i]));
        }
        return best < 0 ? in[indexOfHighest(in, from, length)] : Double.longBitsToDouble(best);
    }

    /** The lowest of them, likewise. */
    public static double lowest(double[] in, int from, int length) {
        long best = Double.doubleToRawLongBits(in[from]);
        for (int i = from + 1; i < from + length; i++) {
            best = Math.min(best, Double.doubleToRawLongBits(in[i]));
        }
        return best < 0 ? in[indexOfLowest(in, from, length)] : Double.longBitsToDouble(best);
    }

    /** The window is searched again only when its highest value has just left it. */
    static int nextHighest(double[] in, int best, int from, int last, int period) {
        int first = Math.max(from, last - period + 1);
        return best < first ? indexOfHighest(in, first, last + 1 - first) : higher(in, best, last);
    }

    static int nextLowest(double[] in, int best, int from, int last, int period) {
        int first = Math.max(from, last - period + 1);
        return best < first ? indexOfLowest(in, first, last + 1 - first) : lower(in, best, last);
    }

    private static int higher(double[] in, int best, int other) {
        return in[other] >= in[best] || Double.isNaN(in[other]) ? other : best;
    }

    private static int lower(double[] in, int best, int other) {
        return in[other] <= in[best] || Double.isNaN(in[other]) ? other : best;
    }
}
