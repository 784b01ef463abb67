package io.tabot.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.tabot.market.Timeframe;
import io.tabot.strategy.StrategyCatalog;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What was sent of each series, to tell whether a signal was decided on the candles that it should have been. The hash
 * is computed as docs/candles.md says, and not by the code that is measured.
 */
final class SentWindows {
    private static final int WINDOW = 250;
    private static final int BLOCK = 16;
    private static final int CANDLE_BYTES = 6 * Long.BYTES;

    private final StrategyCatalog catalog = StrategyCatalog.standard();
    private final Map<String, NavigableMap<Long, byte[]>> series = new ConcurrentHashMap<>();
    private final AtomicLong wrong = new AtomicLong();

    /** Before it is sent; the numbers as they stand in the message. */
    void add(String symbol, Timeframe timeframe, long openTime, List<String> numbers) {
        var candle = ByteBuffer.allocate(CANDLE_BYTES).putLong(openTime);
        for (var number : numbers) {
            candle.putDouble(Double.parseDouble(number));
        }
        series.computeIfAbsent(symbol + " " + timeframe.id(), _ -> new ConcurrentSkipListMap<>())
                .put(openTime, candle.array());
    }

    /** Whether it is of a strategy that sees nothing but its own series, and was decided on the right window. */
    boolean isRight(JsonNode signal) {
        var timeframe = Timeframe.of(signal.path("timeframe").asText()).orElseThrow();
        var strategy = catalog.find(signal.path("strategy_id").asText()).orElseThrow();
        if (!strategy.definition().higherTimeframes(timeframe).isEmpty()) {
            return false;
        }
        var metadata = signal.path("metadata");
        var openTime = Instant.parse(metadata.path("open_time").asText()).toEpochMilli();
        var candles = series.get(signal.path("symbol").asText() + " " + timeframe.id());
        var isRight = hash(candles.headMap(openTime, true), timeframe)
                .equals(metadata.path("window_hash").asText());
        if (!isRight) {
            wrong.incrementAndGet();
        }
        return isRight;
    }

    /** Signals on other windows since this was last asked. */
    long wrong() {
        return wrong.getAndSet(0);
    }

    /** Of the newest of these, in blocks. */
    private static String hash(NavigableMap<Long, byte[]> candles, Timeframe timeframe) {
        var window = candles.entrySet().stream().skip(Math.max(0, candles.size() - WINDOW));
        var stretch = BLOCK * timeframe.longest().toMillis();
        var blocks = new TreeMap<Long, MessageDigest>();
        window.forEach(candle -> blocks.computeIfAbsent(Math.floorDiv(candle.getKey(), stretch), _ -> sha256())
                .update(candle.getValue()));
        var all = sha256();
        blocks.values().forEach(block -> all.update(block.digest()));
        return HexFormat.of().formatHex(all.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
