package io.tabot.indicator;

/** Simple moving average, in the unit of the input. */
public final class MovingAverage {

    private MovingAverage() {}

    /** 0: the original always has a value, NaN while warming up. */
    public static int minimumLength(int period) {
        return 0;
    }

    /**
     * Mean of the last {@code period} values; NaN before index {@code period - 1} and while a NaN is in the window.
     * Source: pandas {@code rolling(period).mean()}: one sum along the series, with a compensation for additions and
     * one for removals; a window of equal values gives exactly that value.
     */
    public static void simple(double[] in, int from, int length, int period, double[] out) {
        Period.require(period, "period");
        double sum = 0.0, added = 0.0, removed = 0.0;
        double previous = length > 0 ? in[from] : Double.NaN;
        int values = 0, negatives = 0, equals = 0;
        for (int i = 0; i < length; i++) {
            if (i >= period) {
                double old = in[from + i - period];
                if (!Double.isNaN(old)) {
                    double y = -old - removed;
                    double next = sum + y;
                    removed = next - sum - y;
                    sum = next;
                    values--;
                    negatives -= signBit(old);
                }
            }
            double value = in[from + i];
            if (!Double.isNaN(value)) {
                double y = value - added;
                double next = sum + y;
                added = next - sum - y;
                sum = next;
                values++;
                negatives += signBit(value);
                equals = value == previous ? equals + 1 : 1;
                previous = value;
            }
            out[i] = values < period
                    ? Double.NaN
                    : equals >= period ? previous : bounded(sum / period, negatives, period);
        }
    }

    /** A mean of values of one sign has that sign, whatever the rounding of the sum says. */
    private static double bounded(double mean, int negatives, int period) {
        boolean impossible = negatives == 0 && mean < 0 || negatives == period && mean > 0;
        return impossible ? 0.0 : mean;
    }

    private static int signBit(double value) {
        return (int) (Double.doubleToRawLongBits(value) >>> 63);
    }
}
