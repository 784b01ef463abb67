package io.tabot.market;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * The hash of each block of a window's candles. A block is what opens in the same stretch of sixteen timeframes: when
 * the next candle comes, only the first and the last are other ones. Those between are remembered until they change.
 * Not thread-safe.
 */
final class BlockHashes {
    private static final int TIMEFRAMES = 16;
    private static final int CANDLE_BYTES = 6 * Long.BYTES;
    private static final int CANDLES_AT_ONCE = 2 * TIMEFRAMES;
    private static final int HASH_BYTES = 32;
    private static final long NONE = Long.MIN_VALUE;
    private static final VarHandle BIG_ENDIAN =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private static final ThreadLocal<byte[]> BYTES =
            ThreadLocal.withInitial(() -> new byte[CANDLES_AT_ONCE * CANDLE_BYTES]);

    private final CandleWindow window;
    private final long stretch;
    private final long[] numbers;
    private final int[] counts;
    private final byte[] hashes;

    BlockHashes(CandleWindow window, Timeframe timeframe) {
        this.window = window;
        this.stretch = stretch(timeframe);
        var places = window.capacity() / TIMEFRAMES + 2;
        this.numbers = new long[places];
        this.counts = new int[places];
        this.hashes = new byte[places * HASH_BYTES];
        forget();
    }

    boolean isOf(Timeframe timeframe) {
        return stretch == stretch(timeframe);
    }

    /** Something other than its end has changed. */
    void forget() {
        Arrays.fill(numbers, NONE);
    }

    /** Adds the hash of each block of a part of the window, oldest first. */
    void addTo(MessageDigest all, MessageDigest block, int from, int end) {
        if (from == end) {
            return;
        }
        var last = number(end - 1);
        var index = addCut(all, block, from, end);
        while (index < end) {
            var number = number(index);
            index = number == last ? addCut(all, block, index, end) : addWhole(all, block, number, index);
        }
    }

    /** One that may go on before or behind the part. */
    private int addCut(MessageDigest all, MessageDigest block, int index, int end) {
        var blockEnd = blockEnd(index, end);
        all.update(hash(block, index, blockEnd));
        return blockEnd;
    }

    private int addWhole(MessageDigest all, MessageDigest block, long number, int index) {
        var place = Math.floorMod(number, numbers.length);
        if (numbers[place] != number) {
            var blockEnd = blockEnd(index, window.end());
            System.arraycopy(hash(block, index, blockEnd), 0, hashes, place * HASH_BYTES, HASH_BYTES);
            counts[place] = blockEnd - index;
            numbers[place] = number;
        }
        all.update(hashes, place * HASH_BYTES, HASH_BYTES);
        return index + counts[place];
    }

    private static long stretch(Timeframe timeframe) {
        return TIMEFRAMES * timeframe.longest().toMillis();
    }

    private long number(int index) {
        return Math.floorDiv(window.openTime[index], stretch);
    }

    private int blockEnd(int index, int end) {
        var next = (number(index) + 1) * stretch;
        var i = index;
        while (i < end && window.openTime[i] < next) {
            i++;
        }
        return i;
    }

    private byte[] hash(MessageDigest block, int from, int end) {
        var bytes = BYTES.get();
        for (var i = from; i < end; i += CANDLES_AT_ONCE) {
            var count = Math.min(CANDLES_AT_ONCE, end - i);
            put(i, count, bytes);
            block.update(bytes, 0, count * CANDLE_BYTES);
        }
        return block.digest();
    }

    private void put(int from, int count, byte[] bytes) {
        for (var i = 0; i < count; i++) {
            BIG_ENDIAN.set(bytes, i * CANDLE_BYTES, window.openTime[from + i]);
        }
        put(window.open, 1, from, count, bytes);
        put(window.high, 2, from, count, bytes);
        put(window.low, 3, from, count, bytes);
        put(window.close, 4, from, count, bytes);
        put(window.volume, 5, from, count, bytes);
    }

    private static void put(double[] values, int place, int from, int count, byte[] bytes) {
        for (var i = 0; i < count; i++) {
            BIG_ENDIAN.set(bytes, i * CANDLE_BYTES + place * Long.BYTES, Double.doubleToLongBits(values[from + i]));
        }
    }
}
