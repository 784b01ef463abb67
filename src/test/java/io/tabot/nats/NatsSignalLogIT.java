package io.tabot.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nats.client.PurgeOptions;
import io.tabot.live.LiveSource;
import io.tabot.live.LiveSource.Wish;
import io.tabot.live.OpenStreams;
import io.tabot.testing.NatsServer;
import io.tabot.testing.PlainFrames;
import io.tabot.testing.SentSignals;
import io.tabot.testing.Taker;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.javadsl.AsPublisher;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Following the stream of signals: every second message in it is no signal of ours. */
class NatsSignalLogIT {
    private static final ActorTestKit actors = NatsFixture.actors();
    private static final String STREAM = "TABOT_SIGNALS";

    private final OpenStreams open = new OpenStreams(10, List.of("signals"), new SimpleMeterRegistry());
    private NatsServer server;
    private NatsFixture fixture;
    private NatsSignalLog log;

    @BeforeEach
    void start() {
        server = NatsServer.running();
        fixture = new NatsFixture(server, NatsFixture.settings(server));
        log = new NatsSignalLog(fixture.nats, SentSignals.ENVIRONMENT, Clock.systemUTC());
    }

    @AfterEach
    void stop() throws Exception {
        log.close();
        fixture.close();
        server.close();
    }

    @AfterAll
    static void stopActors() {
        actors.shutdownTestKit();
    }

    @Test
    void goesFromThePastToTheLiveWithoutHoleOrRepetition() throws Exception {
        opened();
        publish(0, 300);
        await().until(() -> log.tail().head() >= 2 * 300 - 1);
        var readers = List.of(read(0), read(101), read(log.tail().head()));
        publish(300, 500);

        assertThat(readers.get(0).next(500)).isEqualTo(ours(0, 500));
        assertThat(readers.get(1).next(449)).isEqualTo(ours(51, 500));
        assertThat(readers.get(2).next(200).getLast()).isEqualTo(ours(0, 500).getLast());
        assertThat(log.description()).containsEntry("source", "jetstream");
    }

    @Test
    void goesOnWhereItWasWhenTheServerComesBack() throws Exception {
        opened();
        var reader = read(0);
        publish(0, 5);
        assertThat(reader.next(5)).isEqualTo(ours(0, 5));
        server.kill();
        server.start();
        // A question asked while the connection is being lost is never answered.
        await().atMost(Duration.ofSeconds(20))
                .ignoreExceptions()
                .untilAsserted(() -> fixture.client.flush(Duration.ofSeconds(1)));
        publish(5, 12);

        assertThat(reader.next(7)).isEqualTo(ours(5, 12));
    }

    @Test
    void namesWhatTheStreamKeepsNoLonger() throws Exception {
        opened();
        publish(0, 10);
        fixture.client
                .jetStreamManagement()
                .purgeStream(STREAM, PurgeOptions.builder().sequence(11).build());
        var late = new NatsSignalLog(fixture.nats, SentSignals.ENVIRONMENT, Clock.systemUTC());
        try {
            late.opened().toCompletableFuture().join();
            var reader = read(late, 4);

            assertThat(reader.next()).startsWith("gap 4-10 ");
            assertThat(reader.next(5)).isEqualTo(ours(5, 10));
        } finally {
            late.close();
        }
    }

    @Test
    void tellsReadersWhenTheStreamIsMadeAnew() throws Exception {
        opened();
        var reader = read(0);
        publish(0, 3);
        assertThat(reader.next(3)).isEqualTo(ours(0, 3));
        fixture.client.jetStreamManagement().deleteStream(STREAM);

        assertThat(reader.next()).startsWith("end REWRITTEN");
    }

    @Test
    void saysThatThereIsNothingToFollowWhileTheServerIsAway() throws Exception {
        server.kill();

        assertThatThrownBy(() -> log.opened().toCompletableFuture().join())
                .isInstanceOf(CompletionException.class)
                .hasMessageContaining("can't be read");
    }

    private void opened() {
        log.opened().toCompletableFuture().join();
    }

    /** Odd numbers of the stream are ours. */
    private void publish(int from, int to) throws Exception {
        var stream = fixture.client.jetStream();
        for (var hour = from; hour < to; hour++) {
            stream.publish("cio.intent.trading.momentum_pulse", SentSignals.bytes("momentum_pulse", "BTCUSDT", hour));
            stream.publish("cio.intent.trading.other", "{\"not\":\"ours\"}".getBytes(StandardCharsets.UTF_8));
        }
    }

    private static List<String> ours(int from, int to) {
        var numbers = new ArrayList<String>();
        for (var hour = from; hour < to; hour++) {
            numbers.add(Long.toString(2L * hour + 1));
        }
        return numbers;
    }

    private Taker read(long after) {
        return read(log, after);
    }

    /** A reader that has seen the first frame. */
    private Taker read(NatsSignalLog from, long after) {
        var place = open.take("signals", () -> true).orElseThrow();
        var taker = new Taker();
        var source = new LiveSource<>(
                from, new Wish<>(after, _ -> true, true), new PlainFrames<>(), place, Duration.ofHours(1));
        Source.fromGraph(source)
                .runWith(
                        Sink.<String>asPublisher(AsPublisher.WITHOUT_FANOUT)
                                .withAttributes(Attributes.inputBuffer(1, 1)),
                        actors.system())
                .subscribe(taker);
        taker.request(10_000);
        assertThat(taker.next()).isEqualTo("open " + after);
        return taker;
    }
}
