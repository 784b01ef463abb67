package io.tabot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nats.client.JetStreamApiException;
import io.tabot.config.ConfigState;
import io.tabot.market.Candle;
import io.tabot.market.Timeframe;
import io.tabot.testing.CandleColumns;
import io.tabot.testing.CandleTraffic;
import io.tabot.testing.CandleTraffic.Series;
import io.tabot.testing.CandleTraffic.Stored;
import io.tabot.testing.KlineTables;
import io.tabot.testing.MariaDbServer;
import io.tabot.testing.NatsServer;
import io.tabot.testing.ServiceProcess;
import io.tabot.testing.SignalOracle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service with candles out of MySQL and signals into it, over NATS, whatever becomes of the database. */
class TablesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Timeframe TIMEFRAME = Timeframe.FOUR_HOURS;

    /** Recorded, so with no more digits than the tables keep. */
    private static final List<Series> SERIES = CandleTraffic.SERIES.subList(0, 2);

    private static final int WARM = 310;
    private static final int LAST = 430;
    private static final String NOTICES = "binance.extraction.production.klines.";
    private static final String NOTICE_CONSUMER = "tabot-production-binance-extraction-all";

    @TempDir
    Path home;

    @Test
    void evaluatesEachCandleOnceThatNoticesTellOf() throws Exception {
        try (var nats = NatsServer.running();
                var database = MariaDbServer.running();
                var rows = new KlineTables(database);
                var service = ServiceProcess.ready(home, settings(nats, database, "", "binance.extraction.>"));
                var traffic = new CandleTraffic(nats)) {
            await().atMost(PATIENCE).ignoreExceptions().until(() -> unanswered(traffic) == 0);
            rows.create(TIMEFRAME);
            insert(rows, 0, WARM);
            tell(traffic);
            awaitNoticesDone(traffic);
            for (int row = WARM; row < WARM + 40; row++) {
                insert(rows, row, row + 1);
                tell(traffic);
            }
            awaitNoticesDone(traffic);
            insert(rows, WARM + 40, WARM + 80);
            database.kill();
            tell(traffic);
            await().atMost(PATIENCE).until(() -> service.get("/health").text().contains("MySQL can't be used"));
            database.start();
            awaitNoticesDone(traffic);
            checkExactly(traffic.signals(), WARM - 1, WARM + 80);
            awaitArchived(service, traffic.signals());
        }
    }

    @Test
    void sendsSignalsWhileTheirTableIsAwayAndWritesEachOnceAfterwards() throws Exception {
        try (var nats = NatsServer.running();
                var database = MariaDbServer.running();
                var service = ServiceProcess.ready(home, settings(nats, database, "candles.*.*", ""));
                var traffic = new CandleTraffic(nats)) {
            traffic.awaitService();
            publish(traffic, 0, WARM);
            awaitArchived(service, traffic.signals());

            database.pause();
            publish(traffic, WARM, WARM + 40);
            awaitAway(service);
            database.resume();
            awaitArchived(service, traffic.signals());

            database.kill();
            publish(traffic, WARM + 40, LAST);
            awaitAway(service);
            service.kill();
            try (var second = ServiceProcess.ready(home, settings(nats, database, "candles.*.*", ""))) {
                awaitAway(second);
                database.start();
                checkExactly(traffic.signals(), 0, LAST);
                awaitArchived(second, traffic.signals());
                assertThat(count(database)).isEqualTo(traffic.signals().size());
                checkFilters(second);
                database.pause();
                publish(traffic, LAST, LAST + 20);
                assertThat(second.terminate()).isZero();
                database.resume();
            }
        }
    }

    private static Map<String, String> settings(NatsServer nats, MariaDbServer database, String own, String notices) {
        var settings = new HashMap<>(CandleTraffic.settings(nats));
        settings.put("SUPPORTED_TIMEFRAMES", TIMEFRAME.id());
        settings.put("TABOT_JOURNALS", "embedded");
        settings.put("MYSQL_URI", database.uri());
        settings.put("TABOT_SIGNALS_TABLE", "true");
        settings.put("TABOT_NATS_CANDLE_SUBJECTS", own);
        settings.put("TABOT_NATS_EXTRACTION_SUBJECTS", notices);
        return settings;
    }

    private static void insert(KlineTables tables, int from, int to) throws SQLException {
        for (int row = from; row < to; row++) {
            for (var series : SERIES) {
                tables.insert(series.symbol(), TIMEFRAME, candle(series.candles(), row));
            }
        }
    }

    private static Candle candle(CandleColumns columns, int row) {
        return new Candle(
                columns.openTime()[row],
                columns.open()[row],
                columns.high()[row],
                columns.low()[row],
                columns.close()[row],
                columns.volume()[row]);
    }

    /** Everything that the extractor says about one run of it, the useless included. */
    private static void tell(CandleTraffic traffic) throws IOException, JetStreamApiException {
        var single = """
                {"event_type":"extraction_completed","extraction_type":"klines","symbol":"%s","period":"4h",
                 "timestamp":"2026-05-04T10:17:03.120456+00:00Z","success":true,"errors":[]}""";
        for (var series : SERIES) {
            tell(traffic, NOTICES + series.symbol() + ".4h", single.formatted(series.symbol()));
        }
        tell(traffic, NOTICES + "batch.4h", """
                {"event_type":"batch_extraction_completed","extraction_type":"klines","symbols":["BTCUSDT","ETHUSDT"],
                 "period":"4h","timestamp":"x","success":true,"metrics":{"total_records_written":0},"errors":[]}""");
        tell(traffic, "binance.extraction.gap-filler.klines_gap_filling.BTCUSDT.4h", """
                {"event_type":"extraction_completed","extraction_type":"klines_gap_filling","symbol":"BTCUSDT",
                 "period":"4h","success":true}""");
        tell(traffic, NOTICES + "SELFTEST.1m", "{\"symbol\":\"SELFTEST\",\"period\":\"1m\"}");
    }

    /** Confirmed, so that nobody takes a notice that is not stored yet for one that is dealt with. */
    private static void tell(CandleTraffic traffic, String subject, String notice)
            throws IOException, JetStreamApiException {
        var _ = traffic.client().jetStream().publish(subject, notice.getBytes(StandardCharsets.UTF_8));
    }

    private static void awaitNoticesDone(CandleTraffic traffic) {
        await("notices").atMost(PATIENCE).until(() -> unanswered(traffic) == 0);
    }

    private static long unanswered(CandleTraffic traffic) throws IOException, JetStreamApiException {
        var consumer = traffic.client().jetStreamManagement().getConsumerInfo("TABOT_CANDLES", NOTICE_CONSUMER);
        return consumer.getNumPending() + consumer.getNumAckPending();
    }

    private static void publish(CandleTraffic traffic, int from, int to) throws IOException, JetStreamApiException {
        for (int row = from; row < to; row++) {
            for (var series : SERIES) {
                var _ = traffic.client().jetStream().publish(series.subject(), series.message(row));
            }
        }
        traffic.awaitAllDealtWith();
    }

    private void checkExactly(List<Stored> signals, int from, int to) {
        ConfigState first =
                SignalOracle.first(CandleTraffic.ENVIRONMENT, CandleTraffic.SYMBOLS, List.of(TIMEFRAME.id()));
        var oracle = new SignalOracle(CandleTraffic.ENVIRONMENT);
        var expected = SERIES.stream()
                .flatMap(series ->
                        IntStream.range(from, to).boxed().flatMap(row -> series.expected(oracle, row, first).stream()))
                .toList();
        assertThat(expected).isNotEmpty();
        assertThat(signals)
                .extracting(Stored::signal)
                .containsExactlyInAnyOrderElementsOf(
                        expected.stream().map(JsonNode.class::cast).toList());
    }

    private static void awaitArchived(ServiceProcess service, List<Stored> signals) throws IOException {
        assertThat(signals).isNotEmpty();
        await("archived").atMost(PATIENCE).until(() -> archived(service).size() >= signals.size());
        assertThat(archived(service))
                .containsExactlyInAnyOrderElementsOf(
                        signals.stream().map(Stored::json).toList());
    }

    /** All pages of what the API has of the table, as it was published. */
    private static List<JsonNode> archived(ServiceProcess service) throws IOException {
        var found = new ArrayList<JsonNode>();
        for (var query = "limit=37"; query != null; ) {
            var reply = service.get("/api/v1/signals?" + query);
            if (reply.status() != 200) {
                return List.of();
            }
            var answer = JSON.readTree(reply.text());
            assertThat(answer.at("/metadata/source").asText()).isEqualTo("mysql");
            for (var item : answer.path("data")) {
                var signal = (ObjectNode) item;
                assertThat(signal.remove("published").asBoolean()).isTrue();
                assertThat(signal.remove("withheld").isNull()).isTrue();
                found.add(signal);
            }
            var next = answer.at("/metadata/next");
            query = next.isNull() ? null : "limit=37&cursor=" + next.asText();
        }
        return found;
    }

    private static void awaitAway(ServiceProcess service) {
        await("away")
                .atMost(PATIENCE)
                .until(() -> service.get("/api/v1/signals").status() == 503
                        && service.get("/health").text().contains("MySQL can't be used"));
        assertThat(service.get("/api/v1/signals?source=memory").status()).isEqualTo(200);
        assertThat(service.get("/ready").status()).isEqualTo(200);
    }

    private static void checkFilters(ServiceProcess service) throws IOException {
        var newest = JSON.readTree(
                        service.get("/api/v1/signals?symbol=ETHUSDT&limit=1").text())
                .at("/data/0");
        var at = newest.path("timestamp").asText();
        var same = JSON.readTree(
                service.get("/api/v1/signals?symbol=ETHUSDT&since=" + at).text());
        assertThat(same.path("data"))
                .contains(newest)
                .allMatch(item -> item.path("timestamp").asText().compareTo(at) >= 0);
        var older = JSON.readTree(
                service.get("/api/v1/signals?symbol=ETHUSDT&until=" + at).text());
        assertThat(older.path("data")).isNotEmpty().doesNotContain(newest);
    }

    private static int count(MariaDbServer database) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT COUNT(*) FROM ta_bot_signals")) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
