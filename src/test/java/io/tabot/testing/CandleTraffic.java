package io.tabot.testing;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.PublishOptions;
import io.nats.client.impl.Headers;
import io.tabot.config.ConfigState;
import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * The world around a service on NATS: a careful producer that publishes recorded candles of two symbols in two
 * timeframes, row by row, and a reader of the stream of signals.
 */
public final class CandleTraffic implements AutoCloseable {
    public static final String ENVIRONMENT = "production";
    public static final List<String> SYMBOLS = List.of("BTCUSDT", "ETHUSDT");
    public static final List<String> TIMEFRAMES = List.of("1h", "4h");

    /** What the recordings are published as. */
    public static final List<Series> SERIES = List.of(
            new Series("BTCUSDT", Timeframe.FOUR_HOURS, Golden.candles("cb_btc_4h_2024")),
            new Series("ETHUSDT", Timeframe.FOUR_HOURS, Golden.candles("cb_eth_4h_2024")),
            new Series("BTCUSDT", Timeframe.ONE_HOUR, Golden.candles("syn_btc_1h_s105")),
            new Series("ETHUSDT", Timeframe.ONE_HOUR, Golden.candles("syn_shib_1h_s106")));

    private static final String CANDLES = "TABOT_CANDLES";
    private static final String SIGNALS = "TABOT_SIGNALS";
    private static final String CONSUMER = "tabot-" + ENVIRONMENT;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** One symbol in one timeframe. */
    public record Series(String symbol, Timeframe timeframe, CandleColumns candles) {
        public String subject() {
            return "candles." + symbol + "." + timeframe.id();
        }

        /** One row as the service's own message; numbers and strings are both welcome. */
        public byte[] message(int row) {
            var json = JSON.createObjectNode()
                    .put("open_time", candles.openTime()[row])
                    .put("open", Double.toString(candles.open()[row]))
                    .put("high", candles.high()[row])
                    .put("low", candles.low()[row])
                    .put("close", Double.toString(candles.close()[row]))
                    .put("volume", candles.volume()[row]);
            return json.toString().getBytes(StandardCharsets.UTF_8);
        }

        /** What the service has to send on this row. */
        public List<JsonNode> expected(SignalOracle oracle, int row, ConfigState state) {
            return oracle.signals(new Symbol(symbol), timeframe, candles, row, state);
        }
    }

    /**
     * A message in the stream of signals.
     *
     * @param node that sent it, where there are several
     */
    public record Stored(@Nullable String id, @Nullable String node, String subject, JsonNode json) {
        public static Stored of(String subject, @Nullable Headers headers, byte[] body) {
            try {
                return new Stored(
                        first(headers, "Nats-Msg-Id"), first(headers, "Ta-Bot-Node"), subject, JSON.readTree(body));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static @Nullable String first(@Nullable Headers headers, String name) {
            return headers == null ? null : headers.getFirst(name);
        }

        /** Without the time of sending: what the engine alone says. */
        public JsonNode signal() {
            var signal = (ObjectNode) json.deepCopy();
            signal.remove("timestamp");
            return signal;
        }

        public long revision() {
            return json.path("metadata").path("config_revision").asLong();
        }
    }

    private final Connection client;

    public CandleTraffic(NatsServer server) {
        client = server.connect();
    }

    /** The settings of a service on this server: candles are years old, and what was unanswered comes again soon. */
    public static Map<String, String> settings(NatsServer server) {
        return Map.of(
                "NATS_URL", server.url(),
                "SUPPORTED_SYMBOLS", String.join(",", SYMBOLS),
                "SUPPORTED_TIMEFRAMES", String.join(",", TIMEFRAMES),
                "TABOT_SIGNALS_MAX_AGE", "0",
                "TABOT_NATS_ACK_WAIT", "4s",
                "TABOT_NATS_PUBLISH_TIMEOUT", "2s",
                "TABOT_CANDLES_IN_FLIGHT", "16",
                "TABOT_NATS_FETCH_BATCH", "32");
    }

    public Connection client() {
        return client;
    }

    /** Waits until the service has made its streams and its consumer. */
    public void awaitService() {
        Awaitility.await("the consumer")
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> client.jetStreamManagement().getConsumerInfo(CANDLES, CONSUMER) != null);
    }

    /** Publishes these rows of every series until the server has confirmed each. */
    public void publish(int from, int to) {
        for (var row = from; row < to; row++) {
            for (var series : SERIES) {
                publish(series, row);
            }
        }
    }

    private void publish(Series series, int row) {
        if (!isTaken(series, row)) {
            Awaitility.await("the server takes " + series.subject() + " " + row)
                    .atMost(PATIENCE)
                    .until(() -> isTaken(series, row));
        }
    }

    private boolean isTaken(Series series, int row) {
        try {
            var options = PublishOptions.builder()
                    .messageId(series.subject() + "-" + row)
                    .build();
            return client.jetStream().publish(series.subject(), series.message(row), options) != null;
        } catch (IOException | JetStreamApiException | IllegalStateException e) {
            return false;
        }
    }

    /** Candles that are not dealt with: yet to be delivered, or delivered and not acknowledged. */
    public long backlog() {
        return unanswered() + undelivered();
    }

    public long unanswered() {
        try {
            return client.jetStreamManagement()
                    .getConsumerInfo(CANDLES, CONSUMER)
                    .getNumAckPending();
        } catch (IOException | JetStreamApiException e) {
            throw new IllegalStateException(e);
        }
    }

    public long undelivered() {
        try {
            return client.jetStreamManagement()
                    .getConsumerInfo(CANDLES, CONSUMER)
                    .getNumPending();
        } catch (IOException | JetStreamApiException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until every candle that was published is dealt with. */
    public void awaitAllDealtWith() {
        Awaitility.await("all candles dealt with")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions()
                .until(() -> backlog() == 0);
    }

    /** All of the stream of signals, in its order. */
    public List<Stored> signals() {
        try {
            var streams = client.jetStreamManagement();
            var last = streams.getStreamInfo(SIGNALS).getStreamState().getLastSequence();
            var stored = new ArrayList<Stored>();
            for (var sequence = 1L; sequence <= last; sequence++) {
                var message = streams.getMessage(SIGNALS, sequence);
                stored.add(Stored.of(message.getSubject(), message.getHeaders(), message.getData()));
            }
            return stored;
        } catch (IOException | JetStreamApiException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the service has to send on these rows under one configuration, in no order. */
    public static List<JsonNode> expected(int from, int to, ConfigState state) {
        var oracle = new SignalOracle(ENVIRONMENT);
        return SERIES.stream()
                .flatMap(series ->
                        IntStream.range(from, to).boxed().flatMap(row -> series.expected(oracle, row, state).stream()))
                .toList();
    }

    /** By series and row of their candle. */
    public static Map<Row, Set<JsonNode>> byRow(List<Stored> signals) {
        return signals.stream().collect(groupingBy(Row::of, mapping(Stored::signal, toSet())));
    }

    /** A candle: which series, and which row of it. */
    public record Row(int series, int row) {
        public static Row of(Stored signal) {
            var json = signal.json();
            var index = IntStream.range(0, SERIES.size())
                    .filter(i ->
                            SERIES.get(i).symbol().equals(json.path("symbol").asText())
                                    && SERIES.get(i)
                                            .timeframe()
                                            .id()
                                            .equals(json.path("timeframe").asText()))
                    .findFirst()
                    .orElseThrow();
            var openTime = Instant.parse(json.path("metadata").path("open_time").asText());
            var openTimes = SERIES.get(index).candles().openTime();
            return new Row(index, Arrays.binarySearch(openTimes, openTime.toEpochMilli()));
        }
    }

    @Override
    public void close() {
        try {
            client.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
