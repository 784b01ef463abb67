package io.tabot.indicator;

/** Arithmetic means of one slice. {@link MovingAverage} rounds differently: it updates one sum along the series. */
public final class Mean {

    private Mean() {}

    /**
     * Mean of {@code in[from, from + length)} as {@code numpy.mean} gives it; NaN for no values or if any value is
     * NaN.
     */
    public static double pairwise(double[] in, int from, int length) {
        return Sum.pairwise(in, from, length) / length;
    }

    /**
     * Mean of the values that are not NaN among {@code in[from, from + length)}; NaN if there are none.
     * {@code scratch[0, length)} is overwritten; it may be {@code in} if {@code from} is 0.
     */
    static double ofPresent(double[] in, int from, int length, double[] scratch) {
        int present = 0;
        for (int i = 0; i < length; i++) {
            double value = in[from + i];
            boolean absent = Double.isNaN(value);
            // An absent value keeps its place as 0, because the place decides in which lane the others are added.
            scratch[i] = absent ? 0.0 : value;
            present += absent ? 0 : 1;
        }
        return Sum.pairwise(scratch, 0, length) / present;
    }
}
