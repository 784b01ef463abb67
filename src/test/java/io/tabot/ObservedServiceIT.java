package io.tabot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nats.client.impl.Headers;
import io.tabot.testing.CandleTraffic;
import io.tabot.testing.Markdown;
import io.tabot.testing.MetricsPage;
import io.tabot.testing.NatsServer;
import io.tabot.testing.OtlpReceiver;
import io.tabot.testing.ServiceProcess;
import io.tabot.testing.SignalOracle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** One service with everything that tells of it switched on: metrics, traces, a log in JSON, the verdict. */
@TestInstance(Lifecycle.PER_CLASS)
class ObservedServiceIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String APPLICATION = "/api/v1/config/application";
    private static final String VERDICT = "evaluator.bot-ta-analysis.verdict";

    /** The first row that the first series has a signal on, behind enough to warm up on. */
    private static final int ROW = rowWithASignal(100);

    /** Those that tell of a database, which this service is without. */
    private static final Set<String> OF_MYSQL = Set.of(
            "ta_bot_kline_rows_skipped_total",
            "ta_bot_signals_archived_total",
            "ta_bot_signals_archive_pending",
            "ta_bot_signals_archive_refused_total");

    private static final String CANDLE_TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String REQUEST_TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String OPERATOR = "tab_" + "o".repeat(43);
    private static final String ROBOT = "tab_" + "r".repeat(43);
    private static final String COLLECTORS_KEY = "the-key-of-the-collector";

    @TempDir
    static Path home;

    private final List<JsonNode> verdicts = new CopyOnWriteArrayList<>();
    private NatsServer server;
    private OtlpReceiver collector;
    private CandleTraffic traffic;
    private ServiceProcess service;

    @BeforeAll
    void start() throws Exception {
        server = NatsServer.running();
        collector = OtlpReceiver.start();
        traffic = new CandleTraffic(server);
        traffic.client()
                .createDispatcher(message -> verdicts.add(json(message.getData())))
                .subscribe(VERDICT);
        service = ServiceProcess.ready(home, settings());
        traffic.awaitService();
        traffic.publish(0, ROW);
        traffic.awaitAllDealtWith();
    }

    @AfterAll
    void stop() {
        service.close();
        traffic.close();
        collector.close();
        server.close();
    }

    private Map<String, String> settings() {
        var settings = new HashMap<>(CandleTraffic.settings(server));
        settings.put("TABOT_LOG_FORMAT", "json");
        settings.put("TABOT_HEALTH_VERDICT_INTERVAL", "200ms");
        settings.put("OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint());
        settings.put("OTEL_EXPORTER_OTLP_HEADERS", "api-key=" + COLLECTORS_KEY);
        settings.put("TABOT_TRACING_SAMPLE_RATIO", "0");
        settings.put("TABOT_HTTP_TOKENS", line("ops", OPERATOR, "") + "," + line("robot", ROBOT, " agent"));
        settings.put("TABOT_HTTP_CHANGES_PER_HOUR_AGENT", "1");
        return settings;
    }

    private static String line(String name, String token, String more) {
        return name + " operator sha256:" + sha256(token) + more;
    }

    @Test
    void docsMetricsHasWhatAScrapeHasAndNothingElse() throws Exception {
        change(ROBOT, Map.of("max_positions", 7));
        assertThat(change(ROBOT, Map.of("max_positions", 8)).status()).isEqualTo(429);
        var text = service.get("/metrics").text();
        var scraped = MetricsPage.scraped(text);
        var documented = new HashMap<>(MetricsPage.documented());
        for (var name : OF_MYSQL) {
            assertThat(documented.remove(name)).as(name).isNotNull();
            assertThat(isInCode(name)).as(name).isTrue();
        }

        // As the rule for late candles asks for it.
        assertThat(text).contains("ta_bot_candle_delay_seconds_bucket{le=\"60.0\"}");
        assertThat(scraped.values()).containsExactlyInAnyOrderElementsOf(documented.values());
    }

    @Test
    void countsARefusedChangeApartFromADryRun() throws Exception {
        var before = changes("invalid", false);
        assertThat(change(OPERATOR, Map.of("max_positions", -1)).status()).isEqualTo(422);
        assertThat(change(OPERATOR, Map.of("max_positions", -2, "validate_only", true))
                        .status())
                .isEqualTo(422);

        assertThat(changes("invalid", false)).isEqualTo(before + 1);
        assertThat(changes("invalid", true)).isPositive();
        assertThat(changes("no_answer", false)).isZero();
    }

    private double changes(String outcome, boolean dryRun) {
        return service.get("/metrics")
                .text()
                .lines()
                .filter(line -> line.startsWith("ta_bot_config_changes_total{")
                        && line.contains("outcome=\"" + outcome + '"')
                        && line.contains("dry_run=\"" + dryRun + '"'))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    @Test
    void aTraceGoesFromTheCandleOverItsEvaluationToTheSignal() throws Exception {
        var series = CandleTraffic.SERIES.getFirst();
        var trace = CANDLE_TRACE;
        var headers = new Headers()
                .add("traceparent", "00-" + trace + "-b7ad6b7169203331-01")
                .add("tracestate", "vendor=value");
        traffic.client().jetStream().publish(series.subject(), headers, series.message(ROW));
        await().atMost(PATIENCE).until(() -> names(trace).contains("publish signal"));
        await().atMost(PATIENCE).until(() -> names(trace).contains("process candle"));

        var candle = span(trace, "process candle");
        var evaluation = span(trace, "evaluate candle");
        var publication = span(trace, "publish signal");
        assertThat(candle.parentId()).isEqualTo("b7ad6b7169203331");
        assertThat(evaluation.parentId()).isEqualTo(candle.spanId());
        assertThat(publication.parentId()).isEqualTo(evaluation.spanId());
        assertThat(evaluation.attributes())
                .containsEntry("tabot.symbol", "BTCUSDT")
                .containsKey("tabot.config_revision");
        var signal = headersOf(publication.attributes().get("tabot.intent_id"));
        assertThat(signal.getFirst("traceparent")).isEqualTo("00-" + trace + "-" + publication.spanId() + "-01");
        assertThat(signal.getFirst("tracestate")).isEqualTo("vendor=value");
        assertThat(collector.resources())
                .allSatisfy(resource -> assertThat(resource)
                        .containsEntry("service.name", "ta-bot")
                        .containsEntry("deployment.environment.name", "production"));
        assertThat(collector.keys()).contains(COLLECTORS_KEY);
    }

    @Test
    void aTraceGoesFromTheRequestOverTheJournalToTheActors() throws Exception {
        var trace = REQUEST_TRACE;
        var headers =
                Map.of("Authorization", "Bearer " + OPERATOR, "traceparent", "00-" + trace + "-00f067aa0ba902b7-01");
        var reply = service.post(APPLICATION, Map.of("max_positions", 11), headers);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        await().atMost(PATIENCE).until(() -> names(trace).size() == 3);

        var request = span(trace, "change request");
        assertThat(request.parentId()).isEqualTo("00f067aa0ba902b7");
        assertThat(request.attributes())
                .containsEntry("url.path", APPLICATION)
                .containsEntry("http.response.status_code", "200");
        var stored = span(trace, "store change");
        assertThat(stored.parentId()).isEqualTo(request.spanId());
        var applied = span(trace, "apply change");
        assertThat(applied.parentId()).isEqualTo(stored.spanId());
        assertThat(applied.attributes())
                .containsEntry(
                        "tabot.config_revision",
                        reply.metadata().path("revision").asText());
    }

    /** The ratio is 0 here: only what comes with a trace is recorded. */
    @Test
    void tracesNothingThatNobodyAskedFor() {
        assertThat(collector.spans()).extracting(OtlpReceiver.Span::traceId).isSubsetOf(CANDLE_TRACE, REQUEST_TRACE);
        assertThat(service.metric("ta_bot_trace_spans_lost_total", "")).isZero();
    }

    @Test
    void saysThatItIsHealthyAndWhatItLookedAt() {
        await().atMost(PATIENCE).until(() -> !verdicts.isEmpty() && verdict().equals("healthy"));

        var message = verdicts.getLast();
        assertThat(message.path("subsystem").asText()).isEqualTo("bot-ta-analysis");
        assertThat(message.path("reason").asText()).isNotEmpty();
        assertThat(message.path("environment").asText()).isEqualTo("production");
        assertThat(message.path("checks").path("nats").asText()).isEqualTo("ok");
        assertThat(verdicts.getFirst().path("verdict").asText()).isEqualTo("unknown");
        assertThat(service.metric("ta_bot_health_verdict", "")).isEqualTo(1);
    }

    @Test
    void everyLineOfTheLogIsAnObjectThatSaysWhatItIsAbout() throws Exception {
        var revision = change(OPERATOR, Map.of("max_positions", 12))
                .metadata()
                .path("revision")
                .asLong();
        await().atMost(PATIENCE).until(() -> service.metric("ta_bot_config_applied_revision", "") >= revision);
        var lines = service.stderr()
                .lines()
                .filter(line -> !line.startsWith("SLF4J"))
                .map(ObservedServiceIT::json)
                .toList();

        assertThat(lines).isNotEmpty().allSatisfy(line -> {
            assertThat(line.path("time").asText()).endsWith("Z");
            assertThat(List.of("level", "logger", "thread", "message")).allMatch(line::hasNonNull);
        });
        assertThat(about(lines, "revision", Long.toString(revision)))
                .anyMatch(line -> line.path("audit_id").asText().equals("production-" + revision)
                        && line.path("message").asText().contains("is stored on embedded"))
                .anyMatch(line -> line.path("message").asText().contains("is in use by every actor"));
        var signal = traffic.signals().getFirst();
        assertThat(about(lines, "intent_id", String.valueOf(signal.id())))
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.path("strategy").asText())
                            .isEqualTo(signal.json().path("strategy").asText());
                    assertThat(line.path("revision").asLong()).isEqualTo(signal.revision());
                });
    }

    @Test
    void noSecretIsInTheLogOrInWhatItTells() {
        assertThat(service.stderr() + service.stdout() + service.get("/metrics").text() + verdicts)
                .doesNotContain(OPERATOR, ROBOT, COLLECTORS_KEY);
    }

    private ServiceProcess.Reply change(String token, Map<String, ?> fields) throws IOException {
        return service.post(APPLICATION, fields, Map.of("Authorization", "Bearer " + token));
    }

    private static List<JsonNode> about(List<JsonNode> lines, String name, String value) {
        return lines.stream()
                .filter(line -> line.path(name).asText().equals(value))
                .toList();
    }

    private String verdict() {
        return verdicts.getLast().path("verdict").asText();
    }

    private Set<String> names(String trace) {
        var names = new HashSet<String>();
        collector.trace(trace).forEach(span -> names.add(span.name()));
        return names;
    }

    private OtlpReceiver.Span span(String trace, String name) {
        return collector.trace(trace).stream()
                .filter(span -> span.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Of the stored signal with this intent id. */
    private Headers headersOf(String intentId) throws Exception {
        var streams = traffic.client().jetStreamManagement();
        var last = streams.getStreamInfo("TABOT_SIGNALS").getStreamState().getLastSequence();
        for (var sequence = last; sequence > 0; sequence--) {
            var headers = streams.getMessage("TABOT_SIGNALS", sequence).getHeaders();
            if (intentId.equals(headers.getFirst("Nats-Msg-Id"))) {
                return headers;
            }
        }
        throw new AssertionError("no signal " + intentId);
    }

    private static int rowWithASignal(int from) {
        var state = SignalOracle.first(CandleTraffic.ENVIRONMENT, CandleTraffic.SYMBOLS, CandleTraffic.TIMEFRAMES);
        var oracle = new SignalOracle(CandleTraffic.ENVIRONMENT);
        var series = CandleTraffic.SERIES.getFirst();
        return IntStream.iterate(from, row -> row + 1)
                .filter(row -> !series.expected(oracle, row, state).isEmpty())
                .findFirst()
                .orElseThrow();
    }

    private static boolean isInCode(String metric) throws IOException {
        var name = '"' + metric.replaceFirst("_total$", "") + '"';
        try (var files = Files.walk(Markdown.root().resolve("src/main/java"))) {
            return files.filter(Files::isRegularFile)
                    .anyMatch(file -> Markdown.of(file).text().contains(name));
        }
    }

    private static String sha256(String token) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode json(byte[] text) {
        return json(new String(text, StandardCharsets.UTF_8));
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(text, e);
        }
    }
}
