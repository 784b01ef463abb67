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
    private static final VarHandle BIG_ENDIAN =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /** Looking the algorithm up costs as much as a short hash. A digest that was taken starts anew. */
    private static final ThreadLocal<MessageDigest> DIGEST = ThreadLocal.withInitial(SignalIdentity::digest);

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
        for (var candles : series) {
            var bytes = new byte[candles.length() * CANDLE_BYTES];
            put(candles, bytes);
            digest.update(bytes);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void put(CandleSeries candles, byte[] bytes) {
        var openTimes = candles.openTimes();
        var columns =
                new double[][] {candles.opens(), candles.highs(), candles.lows(), candles.closes(), candles.volumes()};
        var at = 0;
        for (int i = candles.from(), end = i + candles.length(); i < end; i++) {
            BIG_ENDIAN.set(bytes, at, openTimes[i]);
            at += Long.BYTES;
            for (var column : columns) {
                BIG_ENDIAN.set(bytes, at, Double.doubleToLongBits(column[i]));
                at += Long.BYTES;
            }
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
