package io.tabot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nats.client.JetStreamApiException;
import io.tabot.testing.CandleTraffic;
import io.tabot.testing.CandleTraffic.Series;
import io.tabot.testing.CandleTraffic.Stored;
import io.tabot.testing.NatsServer;
import io.tabot.testing.ServiceProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real service on a real nats-server decides under changing configurations; then it is started anew, and explains
 * three hundred of its signals from the streams alone.
 */
class ExplainIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int WARM = 50;
    private static final int ROWS = 25;
    private static final int EXPLAINED = 300;

    @TempDir
    Path home;

    @Test
    void signalsOfTheStreamAreReproducedAfterARestart() throws IOException, JetStreamApiException {
        try (var server = NatsServer.running();
                var traffic = new CandleTraffic(server)) {
            try (var service = ServiceProcess.ready(home, CandleTraffic.settings(server))) {
                decide(service, traffic);
            }
            var signals = traffic.signals();
            assertThat(signals).hasSizeGreaterThanOrEqualTo(EXPLAINED);
            // Nobody watches any symbol now, so no actor has a window to help out with.
            try (var service = ServiceProcess.ready(home, CandleTraffic.settings(server))) {
                checkReproduced(service, signals);
                checkLists(service, signals);
                checkStats(service, signals);
                checkChangedAndGone(service, traffic, signals);
            }
        }
    }

    private static void decide(ServiceProcess service, CandleTraffic traffic) throws IOException {
        traffic.awaitService();
        traffic.publish(0, WARM);
        traffic.awaitAllDealtWith();
        var from = WARM;
        for (var change : changes()) {
            apply(service, change);
            traffic.publish(from, from + ROWS);
            traffic.awaitAllDealtWith();
            from += ROWS;
        }
    }

    private record Change(String path, Map<String, ?> body) {}

    private static List<Change> changes() {
        var application = "/api/v1/config/application";
        var strategy = "/api/v1/strategies/rsi_extreme_reversal/config";
        return List.of(
                new Change(application, Map.of("min_confidence", 0.0, "max_confidence", 1.0)),
                new Change(application, Map.of("rule_set", "corrected")),
                new Change(strategy, Map.of("parameters", Map.of("oversold_threshold", 40.0))),
                new Change(strategy + "/BTCUSDT", Map.of("parameters", Map.of("stop_loss_distance", 0.2))));
    }

    private static void apply(ServiceProcess service, Change change) throws IOException {
        var body = new HashMap<String, Object>(change.body());
        body.put("changed_by", "tester");
        var answer = service.post(change.path(), body, Map.of());
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        var revision = answer.metadata().path("revision").asLong();
        await("applied")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> service.metric("ta_bot_config_applied_revision", "") >= revision);
    }

    private static void checkReproduced(ServiceProcess service, List<Stored> signals) throws IOException {
        var revisions = new HashSet<Long>();
        var times = new ArrayList<Long>();
        for (var i = 0; i < EXPLAINED; i++) {
            var signal = signals.get((int) ((long) i * signals.size() / EXPLAINED));
            var begin = System.nanoTime();
            var data = explanation(service, signal);
            times.add(System.nanoTime() - begin);
            assertThat(data.path("reproduced").asBoolean()).as(data.toString()).isTrue();
            assertThat(data.path("candles").asText()).isEqualTo("stream");
            revisions.add(data.at("/configuration/revision").asLong());
        }
        assertThat(revisions).hasSize(1 + changes().size());
        times.sort(Long::compare);
        System.out.printf(
                "ExplainIT: %d of %d signals under %d configurations explained, p50 %.1f ms, p99 %.1f ms%n",
                times.size(),
                signals.size(),
                revisions.size(),
                times.get(times.size() / 2) / 1e6,
                times.get(times.size() * 99 / 100) / 1e6);
    }

    /** Page by page the stream gives what a reader of it gets. */
    private static void checkLists(ServiceProcess service, List<Stored> signals) throws IOException {
        var ids = new ArrayList<String>();
        for (var query = "limit=137"; query != null; ) {
            var answer = read(service, "/api/v1/signals?source=stream&" + query);
            answer.path("data").forEach(item -> ids.add(item.path("intent_id").asText()));
            var next = answer.at("/metadata/next");
            query = next.isNull() ? null : "limit=137&cursor=" + next.asText();
        }
        assertThat(ids)
                .containsExactlyElementsOf(
                        signals.reversed().stream().map(Stored::id).toList());
        var some =
                read(service, "/api/v1/signals?source=stream&limit=500&symbol=ETHUSDT&revision=3&min_confidence=0.7");
        assertThat(some.path("data")).hasSize((int) signals.stream()
                .filter(signal -> signal.revision() == 3)
                .filter(signal -> signal.json().path("symbol").asText().equals("ETHUSDT"))
                .filter(signal -> signal.json().path("confidence").asDouble() >= 0.7)
                .count());
        var past = read(service, "/api/v1/config?signal=" + signals.getFirst().id());
        assertThat(past.at("/metadata/revision").asInt()).isEqualTo(1);
    }

    private static void checkStats(ServiceProcess service, List<Stored> signals) throws IOException {
        var byRevision = read(service, "/api/v1/signals/stats?group_by=revision");
        assertThat(byRevision.at("/metadata/source").asText()).isEqualTo("stream");
        assertThat(byRevision.at("/metadata/total").asInt()).isEqualTo(signals.size());
        for (var item : byRevision.path("data")) {
            assertThat(item.path("count").asLong())
                    .isEqualTo(signals.stream()
                            .filter(signal ->
                                    signal.revision() == item.path("revision").asLong())
                            .count());
        }
    }

    /** A corrected candle, then a stream that keeps nothing. */
    private static void checkChangedAndGone(ServiceProcess service, CandleTraffic traffic, List<Stored> signals)
            throws IOException, JetStreamApiException {
        var series = CandleTraffic.SERIES.getFirst();
        var signal = signals.reversed().stream()
                .filter(one -> CandleTraffic.Row.of(one).series() == 0)
                .findFirst()
                .orElseThrow();
        correct(traffic, series, CandleTraffic.Row.of(signal).row() - 3);
        await("changed")
                .atMost(PATIENCE)
                .until(() -> explanation(service, signal).path("why").asText().equals("candles_changed"));
        traffic.awaitAllDealtWith();
        traffic.client().jetStreamManagement().purgeStream("TABOT_CANDLES");
        var other = signals.reversed().stream()
                .filter(one -> CandleTraffic.Row.of(one).series() == 1)
                .findFirst()
                .orElseThrow();
        var gone = explanation(service, other);
        assertThat(gone.path("reproduced").isNull()).isTrue();
        assertThat(gone.path("why").asText()).isEqualTo("candles_gone");
        assertThat(gone.at("/configuration/revision").asLong()).isEqualTo(other.revision());
    }

    /** The same bar again with another volume. */
    private static void correct(CandleTraffic traffic, Series series, int row)
            throws IOException, JetStreamApiException {
        var message = new String(series.message(row), StandardCharsets.UTF_8);
        var corrected = message.replaceFirst("\"volume\":[0-9.E+-]+", "\"volume\":1.25");
        assertThat(corrected).isNotEqualTo(message);
        assertThat(traffic.client().jetStream().publish(series.subject(), corrected.getBytes(StandardCharsets.UTF_8)))
                .isNotNull();
    }

    private static JsonNode explanation(ServiceProcess service, Stored signal) throws IOException {
        return read(service, "/api/v1/signals/" + signal.id()).path("data");
    }

    /**
     * On a busy machine a journal may take its time; what is refused for that is asked again. The first question is
     * asked at once, for it is timed: by default Awaitility waits a tenth of a second before it.
     */
    private static JsonNode read(ServiceProcess service, String path) throws IOException {
        var reply = await(path)
                .pollDelay(Duration.ZERO)
                .atMost(PATIENCE)
                .until(() -> service.get(path), answer -> answer.status() != 503);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return JSON.readTree(reply.text());
    }
}
