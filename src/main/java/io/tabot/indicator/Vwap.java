package io.tabot.indicator;

/** Volume-weighted average price since midnight UTC, in the unit of the prices. */
public final class Vwap {

    private static final long DAY_MILLIS = 86_400_000L;

    private Vwap() {}

    /** 0: the original always has a value. */
    public static int minimumLength() {
        return 0;
    }

    /**
     * {@code sum(typical price * volume) / sum(volume)} from the first candle of the same UTC day that is in the
     * range; {@code openTime} in epoch milliseconds, ascending. NaN while the day has no volume. Source:
     * pandas-ta-classic {@code vwap} anchored by day; both sums are compensated (Kahan), as those of pandas
     * {@code groupby.cumsum}.
     */
    public static void daily(
            long[] openTime,
            double[] high,
            double[] low,
            double[] close,
            double[] volume,
            int from,
            int length,
            double[] out) {
        double value = 0.0, valueLost = 0.0, amount = 0.0, amountLost = 0.0;
        long day = Long.MIN_VALUE;
        for (int i = 0; i < length; i++) {
            int at = from + i;
            long today = Math.floorDiv(openTime[at], DAY_MILLIS);
            if (today != day) {
                day = today;
                value = valueLost = amount = amountLost = 0.0;
            }
            double y = (high[at] + low[at] + close[at]) / 3.0 * volume[at] - valueLost;
            double next = value + y;
            valueLost = next - value - y;
            value = next;
            y = volume[at] - amountLost;
            next = amount + y;
            amountLost = next - amount - y;
            amount = next;
            out[i] = value / amount;
        }
    }
}
