package io.tabot.signal;

import io.tabot.market.CandleSeries;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** The hashes that a signal is known by. */
final class SignalIdentity {
    private static final int INTENT_ID_LENGTH = 32;
    private static final int CANDLE_BYTES = 6 * Long.BYTES;

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
        var length = series.stream().mapToInt(CandleSeries::length).sum();
        var bytes = ByteBuffer.allocate(length * CANDLE_BYTES);
        series.forEach(candles -> put(candles, bytes));
        return sha256(bytes.array());
    }

    private static void put(CandleSeries candles, ByteBuffer bytes) {
        for (var i = 0; i < candles.length(); i++) {
            bytes.putLong(candles.openTime(i))
                    .putDouble(candles.open(i))
                    .putDouble(candles.high(i))
                    .putDouble(candles.low(i))
                    .putDouble(candles.close(i))
                    .putDouble(candles.volume(i));
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
