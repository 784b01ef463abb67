package io.tabot.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tabot.nats.NatsSettings.Mode;
import io.tabot.signal.CandleRejection;
import io.tabot.testing.NatsServer;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.javadsl.Sink;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NatsCoreModeIT {
    private static final ActorTestKit actors = NatsFixture.actors();
    private static final int BUFFER = 100;

    private final Queue<Integer> taken = new ConcurrentLinkedQueue<>();
    private NatsServer server;
    private NatsFixture fixture;

    @BeforeEach
    void start() {
        server = NatsServer.running();
        fixture = new NatsFixture(
                server,
                NatsFixture.settings(server, Mode.CORE, List.of("candles.*.*"), List.of(), Duration.ZERO, BUFFER));
        await().until(fixture.nats::connected);
    }

    @AfterEach
    void stop() throws Exception {
        fixture.close();
        server.close();
    }

    @AfterAll
    static void stopActors() {
        actors.shutdownTestKit();
    }

    @Test
    void deliversInOrderAndGoesOnAfterARestartOfTheServer() {
        take();
        fixture.publish(0, 50);
        await().until(() -> taken.size() == 50);

        server.kill();
        server.start();

        await().until(() -> {
            fixture.publish(50, 51);
            return taken.contains(50);
        });
        assertThat(taken).startsWith(IntStream.range(0, 51).boxed().toArray(Integer[]::new));
        await().until(() -> fixture.count("ta_bot_nats_reconnects") == 1);
    }

    @Test
    void countsWhatASlowReaderMakesItDrop() throws Exception {
        var reader = fixture.source.candles().runWith(NatsFixture.slowReader(), actors.system());
        awaitSubscribed();
        var first = reader.pull();

        fixture.publish(0, 1000);

        assertThat(NatsFixture.index(
                        first.toCompletableFuture().get(5, TimeUnit.SECONDS).orElseThrow()))
                .isZero();
        await().until(() -> fixture.count("ta_bot_candles_received") == 1000);
        assertThat(fixture.count("ta_bot_candles_dropped")).isBetween(1000.0 - BUFFER - 20, 1000.0 - BUFFER);
        assertThat(fixture.source.health().pending()).isPositive();
        reader.cancel();
    }

    @Test
    void sharesTheCandlesBetweenNodes() {
        var other = new NatsCandleSource(fixture.nats, fixture.rejections, fixture.meters, fixture.clock);
        var _ = other.candles()
                .runWith(Sink.foreach(message -> taken.add(NatsFixture.index(message))), actors.system());
        take();

        // No more at once than a node has room for: what finds no room is dropped.
        for (var from = 0; from < 200; from += BUFFER) {
            var to = Math.min(200, from + BUFFER);
            fixture.publish(from, to);
            await().until(() -> taken.size() >= to);
        }

        assertThat(taken).doesNotHaveDuplicates();
        other.drain().toCompletableFuture().join();
    }

    private void take() {
        var _ = fixture.source
                .candles()
                .runWith(Sink.foreach(message -> taken.add(NatsFixture.index(message))), actors.system());
        awaitSubscribed();
    }

    /** A message published and taken; there is no other way to see a plain subscription from outside. */
    private void awaitSubscribed() {
        await().until(() -> {
            fixture.client.publish(NatsFixture.SUBJECT, new byte[0]);
            return fixture.rejections.count(CandleRejection.NOT_JSON) > 0;
        });
    }
}
