package io.tabot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tabot.config.ConfigState;
import io.tabot.testing.CandleTraffic;
import io.tabot.testing.CandleTraffic.Row;
import io.tabot.testing.CandleTraffic.Stored;
import io.tabot.testing.NatsServer;
import io.tabot.testing.ServiceProcess;
import io.tabot.testing.SignalOracle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Candles in, signals out, through a real service and a real nats-server, whatever is killed meanwhile. */
class NatsEndToEndIT {
    private static final long SEED = Long.getLong("tabot.seed", System.nanoTime());
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Map<String, ?> CHANGE = Map.of(
            "enabled_strategies",
            List.of("rsi_extreme_reversal", "golden_trend_sync", "momentum_pulse"),
            "max_positions",
            7);

    /** So many candles of each series fill the windows. */
    private static final int WARM = 260;

    /** So many candles of each series that a window does not reach over them. */
    private static final int BACKLOG = 320;

    /** So many candles may wait for the service while it is asked for changes. */
    private static final int AHEAD_MAX = 20;

    /** The fields of a signal on the wire, in their order. */
    private static final List<String> FIELDS = List.of(
            "strategy_id",
            "symbol",
            "action",
            "confidence",
            "current_price",
            "price",
            "strategy_mode",
            "strength",
            "quantity",
            "source",
            "strategy",
            "metadata",
            "timeframe",
            "order_type",
            "time_in_force",
            "position_size_pct",
            "stop_loss",
            "stop_loss_pct",
            "take_profit",
            "take_profit_pct",
            "timestamp",
            "recommended_leverage",
            "intent_id",
            "signal_id");

    private static final String[] METADATA = {
        "open_time", "close_time", "window", "window_hash", "config_revision", "parameters_hash", "rule_set", "limits"
    };

    private final Random random = new Random(SEED);
    private final ConfigState first =
            SignalOracle.first(CandleTraffic.ENVIRONMENT, CandleTraffic.SYMBOLS, CandleTraffic.TIMEFRAMES);

    @TempDir
    Path home;

    @Test
    void sendsWhatTheEngineSaysAndLetsBadMessagesPass() {
        try (var server = NatsServer.running();
                var service = ServiceProcess.ready(home, CandleTraffic.settings(server));
                var traffic = new CandleTraffic(server)) {
            traffic.awaitService();
            var bad = badMessages();
            publish(traffic, bad);
            traffic.publish(0, WARM + 20);
            publish(traffic, bad);
            traffic.publish(WARM + 20, WARM + 40);
            traffic.awaitAllDealtWith();

            var signals = traffic.signals();
            checkExactly(signals, CandleTraffic.expected(0, WARM + 40, first));
            assertThat(signals).allSatisfy(NatsEndToEndIT::checkForm);
            assertThat(bad)
                    .allSatisfy(message ->
                            assertThat(rejected(service, message.reason())).isEqualTo(2));
            var candles = CandleTraffic.SERIES.size() * (WARM + 40);
            assertThat(service.metric("ta_bot_candles_in_total", "")).isEqualTo(candles);
            System.out.printf(
                    "NatsEndToEndIT: %d signals of %d candles, %d bad messages%n",
                    signals.size(), candles, 2 * bad.size());
        }
    }

    @Test
    void aChangeTakesEffectBetweenTwoCandles() throws IOException {
        var second = SignalOracle.after(first, CHANGE);
        try (var server = NatsServer.running();
                var service = ServiceProcess.ready(home, CandleTraffic.settings(server));
                var traffic = new CandleTraffic(server)) {
            traffic.awaitService();
            var published = new AtomicInteger();
            var enough = new AtomicBoolean();
            var producing = CompletableFuture.runAsync(() -> publishSteadily(traffic, published, enough));
            await().atMost(PATIENCE).until(() -> published.get() >= WARM);

            var before = published.get();
            change(service);
            var applied = published.get();
            await().atMost(PATIENCE).until(() -> published.get() >= applied + 30);
            enough.set(true);
            producing.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
            traffic.awaitAllDealtWith();

            var signals = traffic.signals();
            var span = checkOneChange(signals, published.get(), second);
            // The row that was being published at that moment may have been taken before it.
            assertThat(span.lastOld()).isLessThanOrEqualTo(applied);
            assertThat(span.firstNew()).isGreaterThan(before - AHEAD_MAX);
            System.out.printf(
                    "NatsEndToEndIT: asked at row %d, applied at %d: last old row %d, first new row %d; %d signals%n",
                    before, applied, span.lastOld(), span.firstNew(), signals.size());
        }
    }

    @Test
    void losesNoCandleAndRepeatsNoSignalWhenNatsIsKilled() {
        try (var server = NatsServer.running();
                var service = ServiceProcess.ready(home, CandleTraffic.settings(server));
                var traffic = new CandleTraffic(server)) {
            traffic.awaitService();
            traffic.publish(0, WARM);
            for (var from : List.of(WARM, WARM + 20)) {
                var producing = CompletableFuture.runAsync(() -> traffic.publish(from, from + 20));
                awaitAtWork(traffic);
                server.kill();
                await().atMost(PATIENCE).until(() -> health(service, "nats").equals("down"));
                assertThat(health(service, "")).isEqualTo("degraded");
                assertThat(service.get("/ready").status()).isEqualTo(200);
                server.start();
                await().atMost(PATIENCE).until(() -> health(service, "nats").equals("ok"));
                producing.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
            }
            traffic.awaitAllDealtWith();

            await().atMost(PATIENCE).until(() -> health(service, "").equals("healthy"));
            checkExactly(traffic.signals(), CandleTraffic.expected(0, WARM + 40, first));
            System.out.printf(
                    "NatsEndToEndIT: nats-server killed twice, %d signals, %.0f publications failed meanwhile%n",
                    traffic.signals().size(), service.metric("ta_bot_signals_failed_total", ""));
        }
    }

    @Test
    void losesNoCandleAndRepeatsNoSignalWhenTheServiceIsKilled() {
        try (var server = NatsServer.running();
                var traffic = new CandleTraffic(server)) {
            var settings = CandleTraffic.settings(server);
            var unanswered = new ArrayList<Long>();
            try (var service = ServiceProcess.ready(home, settings)) {
                traffic.awaitService();
                traffic.publish(0, WARM);
                traffic.awaitAllDealtWith();
                var producing = CompletableFuture.runAsync(() -> traffic.publish(WARM, WARM + BACKLOG));
                unanswered.add(killAtWork(service, traffic));
                producing.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
            }
            traffic.publish(WARM + BACKLOG, WARM + BACKLOG + 20);
            try (var service = ServiceProcess.ready(home, settings)) {
                unanswered.add(killAtWork(service, traffic));
            }
            try (var service = ServiceProcess.ready(home, settings)) {
                traffic.publish(WARM + BACKLOG + 20, WARM + BACKLOG + 25);
                traffic.awaitAllDealtWith();

                var signals = traffic.signals();
                checkExactly(signals, CandleTraffic.expected(0, WARM + BACKLOG + 25, first));
                assertThat(signals)
                        .filteredOn(signal -> Row.of(signal).row() >= WARM)
                        .isNotEmpty()
                        .allSatisfy(signal -> assertThat(signal.json()
                                        .path("metadata")
                                        .path("window")
                                        .asInt())
                                .isEqualTo(250));
                assertThat(service.metric("ta_bot_candles_missing_total", "")).isEqualTo(0);
                System.out.printf(
                        "NatsEndToEndIT: seed %d, service killed with %s candles unanswered, %d signals%n",
                        SEED, unanswered, signals.size());
            }
        }
    }

    @Test
    void sendsWhatTheEngineSaysOverCoreNats() throws Exception {
        try (var server = NatsServer.running();
                var traffic = new CandleTraffic(server)) {
            var settings = new HashMap<>(CandleTraffic.settings(server));
            settings.put("TABOT_NATS_MODE", "core");
            var received = new ConcurrentLinkedQueue<Stored>();
            var dispatcher = traffic.client()
                    .createDispatcher(message ->
                            received.add(Stored.of(message.getSubject(), message.getHeaders(), message.getData())));
            dispatcher.subscribe("cio.intent.trading.>");
            try (var service = ServiceProcess.ready(home, settings)) {
                await().atMost(PATIENCE).until(() -> {
                    traffic.client().publish("candles.BTCUSDT.4h", "is anybody there".getBytes(StandardCharsets.UTF_8));
                    return rejected(service, "not_json") > 0;
                });
                var series = CandleTraffic.SERIES.getFirst();
                for (var row = 0; row < WARM; row++) {
                    traffic.client().publish(series.subject(), series.message(row));
                }
                var oracle = new SignalOracle(CandleTraffic.ENVIRONMENT);
                var expected = new ArrayList<JsonNode>();
                for (var row = 0; row < WARM; row++) {
                    expected.addAll(series.expected(oracle, row, first));
                }
                await().atMost(PATIENCE).until(() -> received.size() >= expected.size());
                assertThat(received).extracting(Stored::signal).isEqualTo(expected);
                System.out.printf("NatsEndToEndIT: %d signals over core NATS%n", received.size());
            }
        }
    }

    /** Asks for the change, and waits until every symbol uses it. */
    private static void change(ServiceProcess service) throws IOException {
        var body = new HashMap<String, Object>(CHANGE);
        body.put("changed_by", "tester");
        var answer = service.post("/api/v1/config/application", body, Map.of());
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.metadata().path("revision").asLong()).isEqualTo(2);
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> service.metric("ta_bot_config_applied_revision", "") >= 2);
    }

    /** Publishes row by row, never far ahead of the service, until it is enough. */
    private static void publishSteadily(CandleTraffic traffic, AtomicInteger published, AtomicBoolean enough) {
        var rows = CandleTraffic.SERIES.getFirst().candles().length();
        while (!enough.get() && published.get() < rows) {
            traffic.publish(published.get(), published.get() + 1);
            published.incrementAndGet();
            await().atMost(PATIENCE)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> traffic.backlog() < AHEAD_MAX);
        }
    }

    /** Kills the service at a moment when it has taken candles and not answered them. */
    private long killAtWork(ServiceProcess service, CandleTraffic traffic) {
        awaitAtWork(traffic);
        assertThat(service.endsWithin(Duration.ofNanos(random.nextInt(10_000_000))))
                .isEmpty();
        service.kill();
        return traffic.unanswered();
    }

    private static void awaitAtWork(CandleTraffic traffic) {
        await().atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> traffic.unanswered() > 0);
    }

    /** Every signal once, equal in every field, and none besides. */
    private static void checkExactly(List<Stored> signals, List<JsonNode> expected) {
        assertThat(expected).isNotEmpty();
        assertThat(signals).extracting(Stored::id).as("seed %d", SEED).doesNotHaveDuplicates();
        assertThat(signals)
                .extracting(Stored::signal)
                .as("seed %d", SEED)
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    private static void checkForm(Stored signal) {
        var json = signal.json();
        assertThat(names(json)).isEqualTo(FIELDS);
        assertThat(signal.id()).isEqualTo(json.path("intent_id").asText());
        assertThat(signal.subject())
                .isEqualTo("cio.intent.trading." + json.path("strategy_id").asText());
        assertThat(names(json.path("metadata"))).contains(METADATA);
        assertThat(Instant.parse(json.path("timestamp").asText()))
                .isAfter(Instant.parse(json.path("metadata").path("close_time").asText()));
    }

    /** Each candle is evaluated wholly under the one or the other configuration, and each series changes once. */
    private Span checkOneChange(List<Stored> signals, int rows, ConfigState second) {
        assertThat(signals).extracting(Stored::id).doesNotHaveDuplicates();
        var byRow = CandleTraffic.byRow(signals);
        var oracle = new SignalOracle(CandleTraffic.ENVIRONMENT);
        var lastOld = -1;
        var firstNew = rows;
        for (var i = 0; i < CandleTraffic.SERIES.size(); i++) {
            var changed = false;
            for (var row = 0; row < rows; row++) {
                var before = Set.copyOf(CandleTraffic.SERIES.get(i).expected(oracle, row, first));
                var after = Set.copyOf(CandleTraffic.SERIES.get(i).expected(oracle, row, second));
                var sent = byRow.getOrDefault(new Row(i, row), Set.of());
                assertThat(sent).as("series %d, row %d", i, row).isIn(before, after);
                if (!sent.equals(before)) {
                    changed = true;
                    firstNew = Math.min(firstNew, row);
                } else if (!sent.equals(after)) {
                    assertThat(changed)
                            .as("series %d, row %d is under the old again", i, row)
                            .isFalse();
                    lastOld = Math.max(lastOld, row);
                }
            }
            assertThat(changed).as("series %d shows the change", i).isTrue();
        }
        return new Span(lastOld, firstNew);
    }

    /** The last row of any series under the old configuration, and the first under the new one. */
    private record Span(int lastOld, int firstNew) {}

    /** A message that is no candle, and the reason that it is counted under. */
    private record Bad(String reason, String subject, String body) {}

    private static List<Bad> badMessages() {
        var subject = "candles.BTCUSDT.4h";
        var prices = "\"open\":1,\"high\":1,\"low\":1,\"close\":1,\"volume\":1";
        var time = "\"open_time\":1719792000000,";
        return List.of(
                new Bad("not_json", subject, "candle"),
                new Bad("not_an_object", subject, "[1,2]"),
                new Bad("missing_field", subject, "{" + prices + "}"),
                new Bad("not_a_number", subject, "{" + time + prices.replace("1", "\"one\"") + "}"),
                new Bad("not_a_time", subject, "{\"open_time\":\"soon\"," + prices + "}"),
                new Bad("misaligned", subject, "{\"open_time\":1719792000001," + prices + "}"),
                new Bad("future", subject, "{\"open_time\":4102444800000," + prices + "}"),
                new Bad("not_closed", subject, "{\"closed\":false," + time + prices + "}"),
                new Bad("invalid_candle", subject, "{" + time + prices.replace("high\":1", "high\":0") + "}"),
                new Bad("subject_mismatch", subject, "{\"symbol\":\"ETHUSDT\"," + time + prices + "}"),
                new Bad("unknown_timeframe", "candles.BTCUSDT.7m", "{" + time + prices + "}"));
    }

    private static void publish(CandleTraffic traffic, List<Bad> messages) {
        messages.forEach(message ->
                traffic.client().publish(message.subject(), message.body().getBytes(StandardCharsets.UTF_8)));
    }

    private static double rejected(ServiceProcess service, String reason) {
        return service.metric("ta_bot_candles_rejected_total", "reason=\"" + reason + "\"");
    }

    /** How a component is, or the whole. */
    private static String health(ServiceProcess service, String component) {
        var health = service.get("/health").json();
        return component.isEmpty()
                ? health.path("status").asText()
                : health.path("components").path(component).asText();
    }

    private static List<String> names(JsonNode object) {
        var names = new ArrayList<String>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
