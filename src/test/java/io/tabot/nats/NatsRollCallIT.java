package io.tabot.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nats.client.api.StreamConfiguration;
import io.tabot.testing.NatsServer;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NatsRollCallIT {
    private static final Duration CONNECT_MAX = Duration.ofSeconds(5);
    private static final Duration ANSWER_MAX = Duration.ofSeconds(5);

    private NatsServer server;
    private NatsConnection first;
    private NatsConnection second;
    private NatsRollCall asking;
    private NatsRollCall answering;

    @BeforeEach
    void connect() {
        server = NatsServer.running();
        first = connection();
        second = connection();
        asking = new NatsRollCall(first, "127.0.0.1:17355");
        answering = new NatsRollCall(second, "127.0.0.2:17355");
    }

    @AfterEach
    void close() throws Exception {
        first.close();
        second.close();
        server.close();
    }

    @Test
    void findsTheOneThatAnswers() throws Exception {
        answering.answer();
        await().until(() -> another().equals(Optional.of("127.0.0.2:17355")));
    }

    @Test
    void findsNobodyBeforeAnyoneAnswers() throws Exception {
        assertThat(another()).isEmpty();
    }

    @Test
    void doesNotFindItself() throws Exception {
        asking.answer();
        assertThat(asking.another(CONNECT_MAX, Duration.ofMillis(200))).isEmpty();
    }

    @Test
    void aStreamThatKeepsTheQuestionIsNobody() throws Exception {
        await().until(first::connected);
        try (var client = server.connect()) {
            client.jetStreamManagement()
                    .addStream(StreamConfiguration.builder()
                            .name("ALL")
                            .subjects("tabot.>")
                            .build());
        }

        assertThat(asking.another(CONNECT_MAX, Duration.ofMillis(500))).isEmpty();
        answering.answer();
        await().until(() -> another().equals(Optional.of("127.0.0.2:17355")));
    }

    @Test
    void answersAgainWhenTheServerIsBack() throws Exception {
        answering.answer();
        await().until(() -> another().isPresent());
        server.kill();
        server.start();

        await().ignoreExceptions().until(() -> another().isPresent());
    }

    @Test
    void tellsThatItCannotAskWithoutAServer() {
        server.kill();
        await().until(() -> !first.connected());

        assertThatIOException()
                .isThrownBy(() -> asking.another(Duration.ofMillis(100), ANSWER_MAX))
                .withMessageContaining("not connected");
    }

    private Optional<String> another() throws Exception {
        return asking.another(CONNECT_MAX, ANSWER_MAX);
    }

    private NatsConnection connection() {
        var connection = new NatsConnection(NatsFixture.settings(server), new SimpleMeterRegistry());
        connection.start();
        return connection;
    }
}
