package io.tabot.market;

import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The newest candles of one symbol and timeframe, in order of open time, in primitive arrays. Holds at most its
 * capacity: the oldest give way. Not thread-safe; views of it follow it.
 */
public final class CandleWindow {
    /** What became of a candle that was offered. */
    public enum Placement {
        /** Newer than all others. */
        APPENDED,
        /** Older than the newest, in a place that was empty. */
        INSERTED,
        /** Held already, with the same values. */
        DUPLICATE,
        /** Held already, with other values, which it replaced. */
        CORRECTED,
        /** Older than the oldest of a full window: not taken. */
        TOO_OLD
    }

    private static final int SLACK = 8;

    private final int capacity;
    final long[] openTime;
    final double[] open;
    final double[] high;
    final double[] low;
    final double[] close;
    final double[] volume;
    private int start;
    private int end;
    private @Nullable BlockHashes hashes;

    public CandleWindow(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity " + capacity + " is below 1");
        }
        this.capacity = capacity;
        // Some more room: the window slides along the arrays and is moved to the front once it has reached their end,
        // so that it is always one contiguous stretch.
        this.openTime = new long[capacity + SLACK];
        this.open = new double[capacity + SLACK];
        this.high = new double[capacity + SLACK];
        this.low = new double[capacity + SLACK];
        this.close = new double[capacity + SLACK];
        this.volume = new double[capacity + SLACK];
    }

    public int size() {
        return end - start;
    }

    public int capacity() {
        return capacity;
    }

    public boolean isEmpty() {
        return start == end;
    }

    /** Open time of the newest candle; the window must not be empty. */
    public long newestOpenTime() {
        if (isEmpty()) {
            throw new IllegalStateException("an empty window has no newest candle");
        }
        return openTime[end - 1];
    }

    /** Whether it holds the candle of this open time. */
    public boolean contains(long candleOpenTime) {
        return find(candleOpenTime) >= 0;
    }

    /** A view of the newest candles, at most so many. It follows the window. */
    public CandleSeries newest(int count) {
        return new CandleSeries(this, count, 0);
    }

    /**
     * A view that ends with the candle of this open time, at most so many: what {@link #newest} showed when that candle
     * was the newest, but for older candles that have given way since. Valid until the window changes.
     *
     * @throws IllegalArgumentException if the window does not hold that candle
     */
    public CandleSeries asOf(long candleOpenTime, int count) {
        var found = find(candleOpenTime);
        if (found < 0) {
            throw new IllegalArgumentException("no candle opened at " + candleOpenTime);
        }
        return new CandleSeries(this, count, end - 1 - found);
    }

    /** Takes a candle in at its place by open time. */
    public Placement insert(Candle candle) {
        if (isEmpty() || candle.openTime() > openTime[end - 1]) {
            append(candle);
            return Placement.APPENDED;
        }
        var found = find(candle.openTime());
        if (found >= 0) {
            return replace(found, candle);
        }
        var place = -found - 1;
        if (place == start && size() == capacity) {
            return Placement.TOO_OLD;
        }
        insertAt(place, candle);
        return Placement.INSERTED;
    }

    /** How many candles are missing between the oldest and the newest, going by the timeframe's open times. */
    public long missing(Timeframe timeframe) {
        var missing = 0L;
        for (var i = start + 1; i < end; i++) {
            missing += timeframe.openTimesBetween(openTime[i - 1], openTime[i]);
        }
        return missing;
    }

    public void clear() {
        start = 0;
        end = 0;
        changed();
    }

    int end() {
        return end;
    }

    void hash(int from, int count, Timeframe timeframe, MessageDigest all, MessageDigest block) {
        if (hashes == null || !hashes.isOf(timeframe)) {
            hashes = new BlockHashes(this, timeframe);
        }
        hashes.addTo(all, block, from, from + count);
    }

    /** Where the candle of this open time is in the arrays; negative if it is not held. */
    int find(long candleOpenTime) {
        return Arrays.binarySearch(openTime, start, end, candleOpenTime);
    }

    /** Takes over the candles of another window that end before an index of its arrays, at most so many. */
    void copy(CandleWindow other, int otherEnd, int count) {
        var from = Math.max(other.start, otherEnd - count);
        start = 0;
        end = otherEnd - from;
        System.arraycopy(other.openTime, from, openTime, 0, end);
        System.arraycopy(other.open, from, open, 0, end);
        System.arraycopy(other.high, from, high, 0, end);
        System.arraycopy(other.low, from, low, 0, end);
        System.arraycopy(other.close, from, close, 0, end);
        System.arraycopy(other.volume, from, volume, 0, end);
        changed();
    }

    /** Adds the one candle that so many consecutive ones of another window make up; it is newer than all. */
    void appendMerged(CandleWindow parts, int from, int partsEnd) {
        makeRoom();
        openTime[end] = parts.openTime[from];
        open[end] = parts.open[from];
        high[end] = parts.high[from];
        low[end] = parts.low[from];
        close[end] = parts.close[partsEnd - 1];
        volume[end] = parts.volume[from];
        for (var i = from + 1; i < partsEnd; i++) {
            high[end] = Math.max(high[end], parts.high[i]);
            low[end] = Math.min(low[end], parts.low[i]);
            volume[end] += parts.volume[i];
        }
        end++;
    }

    private void append(Candle candle) {
        makeRoom();
        set(end++, candle);
    }

    private void makeRoom() {
        if (size() == capacity) {
            start++;
        }
        if (end == openTime.length) {
            moveToFront();
        }
    }

    private Placement replace(int index, Candle candle) {
        if (candleAt(index).equals(candle)) {
            return Placement.DUPLICATE;
        }
        set(index, candle);
        changed();
        return Placement.CORRECTED;
    }

    /** In another way than by a newer candle. */
    private void changed() {
        if (hashes != null) {
            hashes.forget();
        }
    }

    private void insertAt(int place, Candle candle) {
        var index = place;
        if (size() == capacity) {
            start++;
        }
        if (end == openTime.length) {
            index -= start;
            moveToFront();
        }
        shift(index);
        end++;
        set(index, candle);
        changed();
    }

    private void shift(int index) {
        var count = end - index;
        System.arraycopy(openTime, index, openTime, index + 1, count);
        System.arraycopy(open, index, open, index + 1, count);
        System.arraycopy(high, index, high, index + 1, count);
        System.arraycopy(low, index, low, index + 1, count);
        System.arraycopy(close, index, close, index + 1, count);
        System.arraycopy(volume, index, volume, index + 1, count);
    }

    private void moveToFront() {
        var count = size();
        System.arraycopy(openTime, start, openTime, 0, count);
        System.arraycopy(open, start, open, 0, count);
        System.arraycopy(high, start, high, 0, count);
        System.arraycopy(low, start, low, 0, count);
        System.arraycopy(close, start, close, 0, count);
        System.arraycopy(volume, start, volume, 0, count);
        start = 0;
        end = count;
    }

    private void set(int index, Candle candle) {
        openTime[index] = candle.openTime();
        open[index] = candle.open();
        high[index] = candle.high();
        low[index] = candle.low();
        close[index] = candle.close();
        volume[index] = candle.volume();
    }

    private Candle candleAt(int i) {
        return new Candle(openTime[i], open[i], high[i], low[i], close[i], volume[i]);
    }
}
