package io.tabot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nats.client.Connection;
import io.nats.client.ErrorListener;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.StreamConfiguration;
import io.tabot.testing.NatsServer;
import io.tabot.testing.ServiceProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a service says on a real nats-server about its configuration, and that it never waits for one. */
class ConfigNoticesIT {
    private static final String KEPT = "KEPT";
    private static final String PATH = "/api/v1/config/application";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Message> heard = new CopyOnWriteArrayList<>();

    @TempDir
    Path home;

    @Test
    void tellsEachChangeOnceAndTheHeadAgainAndAgain() throws Exception {
        try (var server = NatsServer.running();
                var service = ServiceProcess.ready(home, settings(server));
                var client = listening(server)) {
            awaitConnected(service);
            var revision = change(service, 21);
            change(service, 22);
            await().atMost(PATIENCE).until(() -> revisions().size() >= 2);
            // Twice after the last change: whatever was told twice is there by then.
            await().atMost(PATIENCE)
                    .until(() -> heads().stream()
                                    .filter(head -> head.path("revision").asLong() == revision + 1)
                                    .count()
                            >= 2);

            assertThat(revisions()).containsExactly(revision, revision + 1);
            var notice = json(changes().getFirst());
            assertThat(notice.path("environment").asText()).isEqualTo("production");
            assertThat(notice.path("changed_by").asText()).isEqualTo("ops");
            assertThat(notice.path("through").asText()).isEqualTo("api");
            assertThat(notice.path("reason").asText()).isEqualTo("to 21");
            assertThat(notice.path("documents")).hasToString("[\"application\"]");
            assertThat(changes().getFirst().getHeaders().getFirst("Nats-Msg-Id"))
                    .isEqualTo("production-" + revision);
            var verdict = service.get("/api/v1/audit/verify").data();
            assertThat(heads().getLast().path("hash")).isEqualTo(verdict.path("head_hash"));
            assertThat(json(changes().getLast()).path("hash")).isEqualTo(verdict.path("head_hash"));
            assertThat(client.getStatus()).isEqualTo(Connection.Status.CONNECTED);
            checkStream(client);
        }
    }

    @Test
    void takesChangesWhileNatsIsAwayAndTellsThemWhenItIsBack() throws Exception {
        try (var server = NatsServer.running();
                var client = listening(server)) {
            // The server keeps what it is told, whether or not anybody listens at that moment.
            client.jetStreamManagement()
                    .addStream(StreamConfiguration.builder()
                            .name(KEPT)
                            .subjects("tabot.config.*.changed")
                            .build());
            try (var service = ServiceProcess.ready(home, settings(server))) {
                awaitConnected(service);
                var first = change(service, 21);
                await().atMost(PATIENCE).until(() -> revisions().contains(first));
                server.kill();
                await().atMost(PATIENCE).until(() -> service.metric("ta_bot_nats_connected", "") == 0);
                for (var i = 1; i <= 5; i++) {
                    assertThat(change(service, 21 + i)).isEqualTo(first + i);
                }
                assertThat(service.metric("ta_bot_config_notices_waiting", "")).isEqualTo(5);
                server.start();
                await().atMost(PATIENCE).until(() -> service.metric("ta_bot_config_notices_waiting", "") == 0);

                assertThat(kept(server)).endsWith(first, first + 1, first + 2, first + 3, first + 4, first + 5);
                assertThat(service.metric("ta_bot_config_notices_dropped_total", "notice=\"changed\""))
                        .isZero();
            }
        }
    }

    /** Revisions of the notices in the stream, oldest first. */
    private static List<Long> kept(NatsServer server) throws Exception {
        try (var client = Nats.connect(server.url())) {
            var streams = client.jetStreamManagement();
            var revisions = new ArrayList<Long>();
            var last = streams.getStreamInfo(KEPT).getStreamState().getLastSequence();
            for (var sequence = 1L; sequence <= last; sequence++) {
                revisions.add(JSON.readTree(streams.getMessage(KEPT, sequence).getData())
                        .path("revision")
                        .asLong());
            }
            return revisions;
        }
    }

    /** The heads are kept by the server, too. */
    private static void checkStream(Connection client) throws Exception {
        var stream = client.jetStreamManagement().getStreamInfo("TEST_HEADS");
        assertThat(stream.getConfiguration().getSubjects()).containsExactly("tabot.config.production.head");
        assertThat(stream.getStreamState().getMsgCount()).isPositive();
        assertThatThrownBy(() -> client.jetStreamManagement().deleteMessage("TEST_HEADS", 1))
                .isInstanceOf(JetStreamApiException.class);
    }

    private static Map<String, String> settings(NatsServer server) {
        var settings = new HashMap<String, String>();
        settings.put("NATS_URL", server.url());
        settings.put("TABOT_NATS_CONFIG_HEAD_INTERVAL", "500ms");
        settings.put("TABOT_NATS_CONFIG_HEAD_STREAM_NAME", "TEST_HEADS");
        settings.put("TABOT_CONFIG_HEARTBEAT", "200ms");
        return settings;
    }

    private Connection listening(NatsServer server) throws Exception {
        var client = Nats.connect(new Options.Builder()
                .server(server.url())
                .maxReconnects(-1)
                .reconnectWait(Duration.ofMillis(20))
                .errorListener(new ErrorListener() {})
                .build());
        client.createDispatcher(heard::add).subscribe("tabot.config.>");
        client.flush(Duration.ofSeconds(5));
        return client;
    }

    private static void awaitConnected(ServiceProcess service) {
        await().atMost(PATIENCE).until(() -> service.metric("ta_bot_nats_connected", "") == 1);
    }

    /** Acknowledged, or the test fails. */
    private static long change(ServiceProcess service, int maxPositions) throws IOException {
        var reply = service.post(
                PATH,
                Map.of("max_positions", maxPositions, "changed_by", "ops", "reason", "to " + maxPositions),
                Map.of());
        assertThat(reply.status()).isEqualTo(200);
        return reply.metadata().path("revision").asLong();
    }

    private List<Message> changes() {
        return heard.stream()
                .filter(message -> message.getSubject().equals("tabot.config.production.changed"))
                .toList();
    }

    private List<Long> revisions() {
        return changes().stream()
                .map(message -> json(message).path("revision").asLong())
                .filter(revision -> revision > 1)
                .toList();
    }

    private List<JsonNode> heads() {
        return heard.stream()
                .filter(message -> message.getSubject().equals("tabot.config.production.head"))
                .map(ConfigNoticesIT::json)
                .toList();
    }

    private static JsonNode json(Message message) {
        try {
            return JSON.readTree(message.getData());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
