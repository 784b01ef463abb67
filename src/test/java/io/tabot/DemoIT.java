package io.tabot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tabot.signal.SignalActor;
import io.tabot.strategy.StrategyCatalog;
import io.tabot.testing.ChangeClient;
import io.tabot.testing.Jcmd;
import io.tabot.testing.ServiceProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The service as a newcomer meets it: no NATS, one command, and mistakes. */
class DemoIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration SECONDS = Duration.ofSeconds(10);
    private static final String CONFIG = "/api/v1/config/application";

    @TempDir
    Path home;

    @Test
    void showsSignalsWithinSecondsAndTheEffectOfChanges() throws IOException {
        try (var service = ServiceProcess.ready(home, Map.of())) {
            checkReport(service);
            checkFirstConfiguration(service);
            await().atMost(SECONDS).until(() -> signals(service).size() >= 3);
            var seen = signals(service);
            assertThat(seen).allSatisfy(signal -> assertThat(signal.revision()).isEqualTo(1));

            var silenced = seen.getFirst().strategy();
            var others = new ArrayList<>(StrategyCatalog.standard().ids());
            others.remove(silenced);
            change(service, 2, Map.of("enabled_strategies", others));
            await().atMost(PATIENCE).until(() -> underRevision(service, 2).size() >= 5);
            assertThat(underRevision(service, 2)).extracting(Sent::strategy).doesNotContain(silenced);

            change(service, 3, Map.of("paused", true));
            var last = signals(service).getFirst();
            var candles = service.metric("ta_bot_candles_in_total", "");
            await().atMost(PATIENCE).until(() -> service.metric("ta_bot_candles_in_total", "") >= candles + 20);
            assertThat(signals(service).getFirst()).isEqualTo(last);
            assertThat(underRevision(service, 3)).isEmpty();

            System.out.printf(
                    "DemoIT: %d signals under revision 1, %d under revision 2%n",
                    underRevision(service, 1).size(), underRevision(service, 2).size());
            checkSecondProcesses(service);
            assertEndsInTime(service::terminate, Set.of(0));
        }
        try (var service = ServiceProcess.ready(home, Map.of("TABOT_DEMO_CANDLES_PER_SECOND", "2000"))) {
            var inForce = ChangeClient.inForce(service);
            assertThat(inForce.path("revision").asInt()).isEqualTo(3);
            assertThat(inForce.path("paused").asBoolean()).isTrue();
            assertThat(inForce.path("enabled_strategies"))
                    .hasSize(StrategyCatalog.standard().ids().size() - 1);
            assertThat(ChangeClient.audit(service)).hasSize(3);
            await().atMost(PATIENCE).until(() -> service.stderr().contains("idle from here on"));
            assertThat(service.get("/ready").status()).isEqualTo(200);
            assertEndsInTime(service::interrupt, Set.of(0, 130));
        }
    }

    @Test
    void computesTheIndicatorsOfAllSymbolsInOneEngine() throws Exception {
        try (var service = ServiceProcess.ready(home, Map.of("TABOT_DEMO_CANDLES_PER_SECOND", "2000"))) {
            await().atMost(PATIENCE).until(() -> service.stderr().contains("idle from here on"));
            assertThat(Jcmd.instances(service.handle(), SignalActor.class)).isEqualTo(2);
            assertThat(Jcmd.instances(service.handle(), SignalActor.Parts.class))
                    .isOne();
        }
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                Arguments.of(Map.of("TABOT_HTTP_PORT", "eighty"), "TABOT_HTTP_PORT"),
                Arguments.of(Map.of("TABOT_HTPP_PORT", "8000"), "TABOT_HTPP_PORT"),
                Arguments.of(
                        Map.of("NATS_URL", "nats://127.0.0.1:4", "SUPPORTED_SYMBOLS", "nonsense"),
                        "first configuration"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void tellsAMistakeInOneLine(Map<String, String> environment, String named) {
        try (var service = ServiceProcess.launched(home, environment)) {
            assertRefused(service, named);
        }
    }

    private static void checkReport(ServiceProcess service) {
        var strategies = StrategyCatalog.standard().ids().size();
        var report = service.awaitReport();
        assertThat(report).hasSize(4);
        assertThat(report.get(0))
                .startsWith("ta-bot ")
                .endsWith("serves environment production with " + strategies + " strategies");
        assertThat(report.get(1)).contains("demo: 4h candles of BTCUSDT and ETHUSDT", "set NATS_URL for live ones");
        assertThat(report.get(2)).contains(service.address() + "/api/v1/config", service.address() + "/docs");
        assertThat(report.get(3)).contains("(journal: embedded)");
        assertThat(service.address()).startsWith("http://127.0.0.1:");
    }

    private static void checkFirstConfiguration(ServiceProcess service) {
        var inForce = ChangeClient.inForce(service);
        assertThat(texts(inForce.path("symbols"))).containsExactly("BTCUSDT", "ETHUSDT");
        assertThat(texts(inForce.path("candle_periods"))).containsExactly("4h");
        assertThat(texts(inForce.path("enabled_strategies")))
                .containsExactlyElementsOf(StrategyCatalog.standard().ids());
        assertThat(inForce.path("revision").asInt()).isEqualTo(1);
    }

    /** Two that can't start beside this one, which does not mind. */
    private void checkSecondProcesses(ServiceProcess service) throws IOException {
        try (var second = ServiceProcess.launched(home, Map.of())) {
            assertRefused(second, "in use by another process");
        }
        var port = service.address().substring(service.address().lastIndexOf(':') + 1);
        var other = Files.createDirectory(home.resolve("other"));
        try (var second = ServiceProcess.launched(other, Map.of("TABOT_HTTP_PORT", port))) {
            assertRefused(second, "127.0.0.1:" + port);
        }
        assertThat(service.get("/ready").status()).isEqualTo(200);
    }

    private static void assertRefused(ServiceProcess service, String named) {
        assertThat(service.awaitEnd()).isPositive();
        assertThat(service.stdout()).isEmpty();
        assertThat(service.stderr()).contains(named).doesNotContain("\tat ");
        assertThat(service.stderr().lines().filter(line -> !line.contains(" INFO ")))
                .hasSize(1);
    }

    private static void assertEndsInTime(IntSupplier end, Set<Integer> codes) {
        var begin = System.nanoTime();
        assertThat(end.getAsInt()).isIn(codes);
        var took = Duration.ofNanos(System.nanoTime() - begin);
        assertThat(took).isLessThan(SECONDS);
        System.out.printf("DemoIT: ended in %d ms%n", took.toMillis());
    }

    /** Changes the application document, and waits until every symbol uses the new revision. */
    private static void change(ServiceProcess service, int revision, Map<String, ?> fields) throws IOException {
        var body = new HashMap<String, Object>(fields);
        body.put("changed_by", "tester");
        var answer = service.post(CONFIG, body, Map.of());
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.metadata().path("revision").asInt()).isEqualTo(revision);
        await().atMost(SECONDS).until(() -> service.metric("ta_bot_config_applied_revision", "") >= revision);
    }

    private record Sent(String id, String strategy, long revision) {}

    private static List<Sent> underRevision(ServiceProcess service, long revision) {
        return signals(service).stream()
                .filter(signal -> signal.revision() == revision)
                .toList();
    }

    /** Newest first. */
    private static List<Sent> signals(ServiceProcess service) {
        var answer = service.get("/api/v1/signals?limit=500");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return StreamSupport.stream(answer.data().spliterator(), false)
                .map(signal -> new Sent(
                        signal.path("intent_id").asText(),
                        signal.path("strategy_id").asText(),
                        signal.path("metadata").path("config_revision").asLong()))
                .toList();
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
