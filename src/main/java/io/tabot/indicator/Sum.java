package io.tabot.indicator;

/** Sums in numpy's pairwise order: eight interleaved lanes up to 128 values, halves above that. */
public final class Sum {

    private static final int LANES = 8;
    private static final int BLOCK = 128;

    private Sum() {}

    /**
     * Sum of {@code in[from, from + length)} as {@code numpy.sum} gives it; 0 for no values, NaN if any value is NaN.
     */
    public static double pairwise(double[] in, int from, int length) {
        if (length < LANES) {
            return length < 1 ? 0.0 : sequential(in, from + 1, from + length, in[from]);
        }
        if (length <= BLOCK) {
            return lanes(in, from, length);
        }
        int half = length / 2 - length / 2 % LANES;
        return pairwise(in, from, half) + pairwise(in, from + half, length - half);
    }

    /** Sum of {@code (x - center)²}, in the same order; in the unit of the input, squared. */
    public static double squaredDeviations(double[] in, int from, int length, double center) {
        if (length < LANES) {
            return length < 1 ? 0.0 : sequentialSquares(in, from + 1, from + length, center, square(in[from], center));
        }
        if (length <= BLOCK) {
            return laneSquares(in, from, length, center);
        }
        int half = length / 2 - length / 2 % LANES;
        return squaredDeviations(in, from, half, center) + squaredDeviations(in, from + half, length - half, center);
    }

    private static double lanes(double[] in, int from, int length) {
        double a = in[from], b = in[from + 1], c = in[from + 2], d = in[from + 3];
        double e = in[from + 4], f = in[from + 5], g = in[from + 6], h = in[from + 7];
        int last = from + length;
        int i = from + LANES;
        for (; i + LANES <= last; i += LANES) {
            a += in[i];
            b += in[i + 1];
            c += in[i + 2];
            d += in[i + 3];
            e += in[i + 4];
            f += in[i + 5];
            g += in[i + 6];
            h += in[i + 7];
        }
        return sequential(in, i, last, ((a + b) + (c + d)) + ((e + f) + (g + h)));
    }

    private static double laneSquares(double[] in, int from, int length, double center) {
        double a = square(in[from], center), b = square(in[from + 1], center);
        double c = square(in[from + 2], center), d = square(in[from + 3], center);
        double e = square(in[from + 4], center), f = square(in[from + 5], center);
        double g = square(in[from + 6], center), h = square(in[from + 7], center);
        int last = from + length;
        int i = from + LANES;
        for (; i + LANES <= last; i += LANES) {
            a += square(in[i], center);
            b += square(in[i + 1], center);
            c += square(in[i + 2], center);
            d += square(in[i + 3], center);
            e += square(in[i + 4], center);
            f += square(in[i + 5], center);
            g += square(in[i + 6], center);
            h += square(in[i + 7], center);
        }
        return sequentialSquares(in, i, last, center, ((a + b) + (c + d)) + ((e + f) + (g + h)));
    }

    private static double sequential(double[] in, int first, int last, double start) {
        double sum = start;
        for (int i = first; i < last; i++) {
            sum += in[i];
        }
        return sum;
    }

    private static double sequentialSquares(double[] in, int first, int last, double center, double start) {
        double sum = start;
        for (int i = first; i < last; i++) {
            sum += square(in[i], center);
        }
        return sum;
    }

    private static double square(double value, double center) {
        double difference = value - center;
        return difference * difference;
    }
}
