package io.tabot.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/** Hears every signal, and when the first one on a candle came. */
final class SignalEar {
    private static final String SUBJECT = "cio.intent.trading.>";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final AtomicLong count = new AtomicLong();
    private final ConcurrentHashMap<String, Long> firstHeard = new ConcurrentHashMap<>();
    private volatile long lastHeard;
    private final Dispatcher dispatcher;
    private volatile boolean reads;
    private volatile Predicate<JsonNode> isHeard = _ -> true;

    SignalEar(Connection nats) {
        dispatcher = nats.createDispatcher(message -> {
                    var now = System.nanoTime();
                    lastHeard = now;
                    if (reads) {
                        note(read(message.getData()), now);
                    }
                    count.incrementAndGet();
                })
                .subscribe(SUBJECT);
    }

    private void note(JsonNode signal, long now) {
        if (isHeard.test(signal)) {
            var openTime =
                    Instant.parse(signal.path("metadata").path("open_time").asText());
            firstHeard.putIfAbsent(
                    key(signal.path("symbol").asText(), signal.path("timeframe").asText(), openTime.toEpochMilli()),
                    now);
        }
    }

    /** Of those that are read, only these count as heard. */
    void heedsOnly(Predicate<JsonNode> signals) {
        isHeard = signals;
    }

    /** Whether the server is to send it any. */
    void listens(boolean whether) {
        if (whether) {
            dispatcher.subscribe(SUBJECT);
        } else {
            dispatcher.unsubscribe(SUBJECT);
        }
    }

    /** Whether signals are told apart, which costs this process time. */
    void reads(boolean whether) {
        reads = whether;
        firstHeard.clear();
    }

    long count() {
        return count.get();
    }

    /** When the newest came. */
    long lastHeard() {
        return lastHeard;
    }

    /** When the first signal on this candle came, or nothing. */
    Long heard(CandleLoad.Outgoing candle) {
        var parts = candle.subject().split("\\.");
        return firstHeard.get(key(parts[1], parts[2], candle.openTime()));
    }

    private static String key(String symbol, String timeframe, long openTime) {
        return symbol + " " + timeframe + " " + openTime;
    }

    private static JsonNode read(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
