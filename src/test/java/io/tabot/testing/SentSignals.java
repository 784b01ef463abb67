package io.tabot.testing;

import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import io.tabot.signal.SentSignal;
import io.tabot.signal.Signal;
import io.tabot.signal.SignalJson;
import io.tabot.strategy.Decision;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;

/** Signals as they went out, with ids computed here from what the documents say about them. */
public final class SentSignals {
    public static final String ENVIRONMENT = "production";
    public static final Instant FIRST = Instant.parse("2026-05-04T10:00:00Z");

    private SentSignals() {}

    /** The bytes of a signal on the so-manieth hour, sent a second after its candle closed. */
    public static byte[] bytes(String strategy, String symbol, int hour) {
        var timeframe = Timeframe.ONE_HOUR;
        var openTime = FIRST.toEpochMilli() + hour * timeframe.longest().toMillis();
        var signal = new Signal(
                strategy,
                new Symbol(symbol),
                timeframe,
                openTime,
                timeframe.closeTime(openTime),
                hour % 2 == 0 ? Decision.Action.BUY : Decision.Action.SELL,
                0.7,
                50_000.5,
                50_001,
                Decision.Strength.MEDIUM,
                Decision.OrderType.MARKET,
                49_000.0,
                null,
                Map.of(
                        "open_time",
                        Instant.ofEpochMilli(openTime).toString(),
                        "config_revision",
                        7,
                        "window_hash",
                        "ab",
                        "parameters_hash",
                        "cd"),
                intentId(String.join("|", ENVIRONMENT, strategy, symbol, timeframe.id(), Long.toString(openTime))));
        return SignalJson.bytes(signal, Instant.ofEpochMilli(timeframe.nextOpenTime(openTime) + 1_000));
    }

    public static SentSignal of(String strategy, String symbol, int hour) {
        return SentSignal.read(ENVIRONMENT, bytes(strategy, symbol, hour)).orElseThrow();
    }

    private static String intentId(String text) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, 32);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
