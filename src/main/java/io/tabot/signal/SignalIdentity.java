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
    /** Of the SHA-256 that an intent id is the beginning of. */
    private static final int INTENT_ID_BYTES = 16;

    /** Looking the algorithm up costs as much as a short hash. A digest that was taken starts anew. */
    private static final ThreadLocal<MessageDigest> DIGEST = ThreadLocal.withInitial(SignalIdentity::digest);

    private static final ThreadLocal<MessageDigest> BLOCK = ThreadLocal.withInitial(SignalIdentity::digest);

    private SignalIdentity() {}

    /** The same for the same candle, strategy and environment, wherever and whenever it is evaluated. */
    static String intentId(String environment, String strategyId, String symbol, String timeframe, long openTime) {
        var text = environment + '|' + strategyId + '|' + symbol + '|' + timeframe + '|' + openTime;
        var digest = DIGEST.get().digest(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest, 0, INTENT_ID_BYTES);
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

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
