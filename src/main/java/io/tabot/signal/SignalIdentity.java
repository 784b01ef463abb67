package io.tabot.signal;

import io.tabot.market.CandleSeries;
import io.tabot.market.Timeframe;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** The hashes that a signal is known by. */
final class SignalIdentity {
    private static final int INTENT_ID_LENGTH = 32;

    /** Looking the algorithm up costs as much as a short hash. A digest that was taken starts anew. */
    private static final ThreadLocal<MessageDigest> DIGEST = ThreadLocal.withInitial(SignalIdentity::digest);

    private static final ThreadLocal<MessageDigest> BLOCK = ThreadLocal.withInitial(SignalIdentity::digest);

    private SignalIdentity() {}

    /** The same for the same candle, strategy and environment, wherever and whenever it is evaluated. */
    static String intentId(String environment, String strategyId, String symbol, String timeframe, long openTime) {
        var text = String.join("|", environment, strategyId, symbol, timeframe, Long.toString(openTime));
        return sha256(text.getBytes(StandardCharsets.UTF_8)).substring(0, INTENT_ID_LENGTH);
    }

    /** SHA-256 over the hashes that {@link CandleSeries#hash} adds. */
    static String windowHash(Timeframe timeframe, CandleSeries candles) {
        return windowHash(Map.of(timeframe, candles));
    }

    /** The same of several timeframes, one after the other, as the map has them. */
    static String windowHash(Map<Timeframe, CandleSeries> series) {
        var digest = DIGEST.get();
        var block = BLOCK.get();
        series.forEach((timeframe, candles) -> candles.hash(timeframe, digest, block));
        return HexFormat.of().formatHex(digest.digest());
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
