package io.tabot.signal;

import io.tabot.market.CandleSeries;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** The hashes that a signal is known by. */
final class SignalIdentity {
    private static final int INTENT_ID_LENGTH = 32;
    private static final int CANDLE_BYTES = 6 * Long.BYTES;
    private static final int CANDLES_AT_ONCE = 32;
    private static final VarHandle BIG_ENDIAN =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /** Looking the algorithm up costs as much as a short hash. A digest that was taken starts anew. */
    private static final ThreadLocal<MessageDigest> DIGEST = ThreadLocal.withInitial(SignalIdentity::digest);

    /** Room for as many candles as stay in the fastest cache. */
    private static final ThreadLocal<byte[]> BYTES =
            ThreadLocal.withInitial(() -> new byte[CANDLES_AT_ONCE * CANDLE_BYTES]);

    private SignalIdentity() {}

    /** The same for the same candle, strategy and environment, wherever and whenever it is evaluated. */
    static String intentId(String environment, String strategyId, String symbol, String timeframe, long openTime) {
        var text = String.join("|", environment, strategyId, symbol, timeframe, Long.toString(openTime));
        return sha256(text.getBytes(StandardCharsets.UTF_8)).substring(0, INTENT_ID_LENGTH);
    }

    /** Of each candle the open time, open, high, low, close and volume: eight bytes each, big-endian, oldest first. */
    static String windowHash(CandleSeries candles) {
        return windowHash(List.of(candles));
    }

    /** The same of several series, one after the other. */
    static String windowHash(List<CandleSeries> series) {
        var digest = DIGEST.get();
        var bytes = BYTES.get();
        for (var candles : series) {
            var end = candles.from() + candles.length();
            for (var from = candles.from(); from < end; from += CANDLES_AT_ONCE) {
                var count = Math.min(CANDLES_AT_ONCE, end - from);
                put(candles, from, count, bytes);
                digest.update(bytes, 0, count * CANDLE_BYTES);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void put(CandleSeries candles, int from, int count, byte[] bytes) {
        var openTimes = candles.openTimes();
        for (var i = 0; i < count; i++) {
            BIG_ENDIAN.set(bytes, i * CANDLE_BYTES, openTimes[from + i]);
        }
        put(candles.opens(), 1, from, count, bytes);
        put(candles.highs(), 2, from, count, bytes);
        put(candles.lows(), 3, from, count, bytes);
        put(candles.closes(), 4, from, count, bytes);
        put(candles.volumes(), 5, from, count, bytes);
    }

    private static void put(double[] values, int place, int from, int count, byte[] bytes) {
        for (var i = 0; i < count; i++) {
            BIG_ENDIAN.set(bytes, i * CANDLE_BYTES + place * Long.BYTES, Double.doubleToLongBits(values[from + i]));
        }
    }

    private static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(DIGEST.get().digest(bytes));
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
