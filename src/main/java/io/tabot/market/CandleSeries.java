package io.tabot.market;

import java.security.MessageDigest;

/**
 * A read-only view of the newest candles of a window, oldest first: index 0 is the oldest, {@code length() - 1} the
 * newest. The arrays are the window's own: only {@code [from, from + length)} belongs to the view, and nobody writes
 * to them.
 */
public final class CandleSeries {
    private final CandleWindow window;
    private final int lengthMax;
    private final int hidden;

    /** @param hidden how many of the window's newest candles the view does not reach */
    CandleSeries(CandleWindow window, int lengthMax, int hidden) {
        if (lengthMax < 1) {
            throw new IllegalArgumentException("a view of " + lengthMax + " candles shows nothing");
        }
        this.window = window;
        this.lengthMax = lengthMax;
        this.hidden = hidden;
    }

    public int length() {
        return Math.min(lengthMax, window.size() - hidden);
    }

    /** Where the view begins in the arrays below. */
    public int from() {
        return window.end() - hidden - length();
    }

    public long[] openTimes() {
        return window.openTime;
    }

    public double[] opens() {
        return window.open;
    }

    public double[] highs() {
        return window.high;
    }

    public double[] lows() {
        return window.low;
    }

    public double[] closes() {
        return window.close;
    }

    public double[] volumes() {
        return window.volume;
    }

    public long openTime(int index) {
        return window.openTime[from() + index];
    }

    public double open(int index) {
        return window.open[from() + index];
    }

    public double high(int index) {
        return window.high[from() + index];
    }

    public double low(int index) {
        return window.low[from() + index];
    }

    public double close(int index) {
        return window.close[from() + index];
    }

    public double volume(int index) {
        return window.volume[from() + index];
    }

    /**
     * Adds the hash of each of its blocks to another hash, oldest first. A block holds the candles whose open times,
     * divided by sixteen times the timeframe, have the same whole part; of a month, the longest counts. Of each candle
     * the open time, open, high, low, close and volume are hashed: eight bytes each, big-endian.
     *
     * @param all takes the hashes
     * @param block makes them, always by the same algorithm, of 32 bytes; left empty
     */
    public void hash(Timeframe timeframe, MessageDigest all, MessageDigest block) {
        window.hash(from(), length(), timeframe, all, block);
    }

    public Candle candle(int index) {
        return new Candle(openTime(index), open(index), high(index), low(index), close(index), volume(index));
    }
}
