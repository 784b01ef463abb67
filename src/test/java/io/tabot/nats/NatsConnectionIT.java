package io.tabot.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tabot.testing.NatsServer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class NatsConnectionIT {
    private static final Logger LOG = (Logger) LoggerFactory.getLogger(NatsConnection.class);

    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @BeforeEach
    void listen() {
        lines.start();
        LOG.setLevel(Level.INFO);
        LOG.addAppender(lines);
    }

    @AfterEach
    void stopListening() {
        LOG.detachAppender(lines);
        LOG.setLevel(null);
    }

    @Test
    void tellsOnceThatTheServerIsLostAndOnceThatItIsBack() throws Exception {
        try (var server = NatsServer.running();
                var nats = connection("nats://127.0.0.1:" + port(server), NatsCredentials.NONE)) {
            await().until(nats::connected);
            for (int i = 0; i < 2; i++) {
                server.kill();
                await().until(() -> !nats.connected());
                assertThat(meters.get("ta_bot_nats_connected").gauge().value()).isZero();
                server.start();
                await().until(nats::connected);
            }
        }

        assertThat(messages()).hasSize(5);
        assertThat(messages().get(0)).startsWith("Connected to NATS at");
        assertThat(messages().get(1)).startsWith("Lost NATS at");
        assertThat(messages().get(2)).startsWith("Back at NATS at");
        assertThat(meters.counter("ta_bot_nats_reconnects").count()).isEqualTo(2);
    }

    @Test
    void goesOnTryingWhenItIsRefusedAndConnectsOnceItIsNot() throws Exception {
        try (var server = NatsServer.running("--user", "me", "--pass", "secret");
                var nats = connection(server.url(), NatsCredentials.of("me", "wrong", null, null))) {
            await().until(() -> !messages().isEmpty());
            assertThat(nats.connected()).isFalse();
            assertThat(messages()).hasSize(1);
            assertThat(messages().getFirst())
                    .containsIgnoringCase("authorization")
                    .doesNotContain("wrong");

            try (var right = connection(server.url(), NatsCredentials.of("me", "secret", null, null))) {
                await().until(right::connected);
            }
            try (var inUrl = connection(server.url().replace("//", "//me:secret@"), NatsCredentials.NONE)) {
                await().until(inUrl::connected);
            }
        }
        assertThat(messages()).noneMatch(message -> message.contains("secret"));
    }

    @Test
    void survivesBeingRefusedAfterAReconnect() throws Exception {
        try (var open = NatsServer.running();
                var nats = connection(open.url(), NatsCredentials.NONE)) {
            await().until(nats::connected);
            open.kill();
            try (var guarded = NatsServer.at(open, "--user", "me", "--pass", "secret")) {
                await().until(() -> messages().stream().anyMatch(line -> line.contains("Authorization")));
                guarded.kill();
            }
            open.start();

            await().until(nats::connected);
        }
    }

    private NatsConnection connection(String url, NatsCredentials credentials) {
        var defaults = NatsSettings.defaults(NatsUrl.parse(url), "test");
        var nats = new NatsConnection(
                new NatsSettings(
                        defaults.url(),
                        "test",
                        credentials,
                        defaults.mode(),
                        defaults.candles(),
                        defaults.signals(),
                        defaults.notices()),
                meters);
        nats.start();
        return nats;
    }

    private static String port(NatsServer server) {
        return server.url().substring(server.url().lastIndexOf(':') + 1);
    }

    private List<String> messages() {
        return List.copyOf(lines.list).stream()
                .filter(line -> line.getLevel().isGreaterOrEqual(Level.INFO))
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }
}
