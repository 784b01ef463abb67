package io.tabot.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nats.client.PublishOptions;
import io.tabot.signal.CandleMessage;
import io.tabot.signal.CandleRejections;
import io.tabot.signal.SignalOutlet;
import io.tabot.testing.NatsServer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.javadsl.Sink;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Candles in, a signal each out, while the server dies and comes back: none is lost and none is stored twice. */
class NatsRestartIT {
    private static final ActorTestKit actors = NatsFixture.actors();
    private static final int CANDLES = 250;

    private final Set<Integer> done = ConcurrentHashMap.newKeySet();

    @AfterAll
    static void stopActors() {
        actors.shutdownTestKit();
    }

    @Test
    void losesNoCandleAndRepeatsNoSignal() throws Exception {
        try (var server = NatsServer.stopped()) {
            var settings = NatsFixture.settings(server);
            server.start();
            try (var fixture = new NatsFixture(server, settings);
                    var outlet = new NatsSignalOutlet(fixture.nats, NatsFixture::json, fixture.meters, fixture.clock)) {
                var _ = fixture.source
                        .candles()
                        .mapAsync(8, message -> handle(message, outlet))
                        .runWith(Sink.ignore(), actors.system());
                await().ignoreExceptions().until(() -> candlesStored(fixture) == 0);

                publishStored(fixture, 0, 50);
                server.kill();
                server.start();
                publishStored(fixture, 50, 100);
                await().until(() -> done.size() >= 60);
                server.kill();
                server.start();
                publishStored(fixture, 100, CANDLES);

                await().atMost(Duration.ofSeconds(30)).until(() -> done.size() == CANDLES);
                assertThat(storedIds(fixture)).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(allIds());
                await().until(() -> ackPending(fixture) == 0);
                assertThat(fixture.nats.connected()).isTrue();
            }
        }
    }

    @Test
    void startsWithoutAServerAndTakesUpWorkWhenThereIsOne() throws Exception {
        try (var server = NatsServer.stopped()) {
            var settings = NatsFixture.settings(server);
            var meters = new SimpleMeterRegistry();
            var clock = Clock.systemUTC();
            try (var nats = new NatsConnection(settings, meters)) {
                nats.start();
                var source = new NatsCandleSource(nats, new CandleRejections(meters, clock), meters, clock);
                var _ = source.candles()
                        .runWith(Sink.foreach(message -> done.add(NatsFixture.index(message))), actors.system());
                assertThat(nats.connected()).isFalse();

                server.start();
                await().until(nats::connected);
                try (var fixture = new NatsFixture(server, settings)) {
                    await().ignoreExceptions().until(() -> candlesStored(fixture) == 0);
                    publishStored(fixture, 0, 1);
                    await().until(() -> done.contains(0));
                }
                source.drain().toCompletableFuture().join();
            }
        }
    }

    private CompletionStage<Done> handle(CandleMessage message, SignalOutlet outlet) {
        var signal = NatsFixture.signal("momentum_pulse", message.candle().openTime());
        return outlet.publish(List.of(signal)).handle((published, failure) -> {
            if (failure == null) {
                done.add(NatsFixture.index(message));
                message.ack().done();
            } else {
                message.ack().retry();
            }
            return Done.getInstance();
        });
    }

    /** Publishes as a careful producer: until the server says that it is stored. */
    private static void publishStored(NatsFixture fixture, int from, int to) throws Exception {
        var stream = fixture.client.jetStream();
        for (int i = from; i < to; i++) {
            var body = NatsFixture.candle(i);
            var options = PublishOptions.builder().messageId("candle-" + i).build();
            await().ignoreExceptions()
                    .pollDelay(Duration.ZERO)
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> stream.publish(NatsFixture.SUBJECT, body, options) != null);
        }
    }

    private static long candlesStored(NatsFixture fixture) throws Exception {
        return fixture.client
                .jetStreamManagement()
                .getStreamInfo("TABOT_CANDLES")
                .getStreamState()
                .getMsgCount();
    }

    private static long ackPending(NatsFixture fixture) throws Exception {
        var info = fixture.client.jetStreamManagement().getConsumerInfo("TABOT_CANDLES", "tabot-test");
        return info.getNumAckPending() + info.getNumPending();
    }

    private static List<String> storedIds(NatsFixture fixture) throws Exception {
        var streams = fixture.client.jetStreamManagement();
        var state = streams.getStreamInfo("TABOT_SIGNALS").getStreamState();
        var ids = new ArrayList<String>();
        for (long sequence = state.getFirstSequence(); sequence <= state.getLastSequence(); sequence++) {
            ids.add(streams.getMessage("TABOT_SIGNALS", sequence).getHeaders().getFirst("Nats-Msg-Id"));
        }
        return ids;
    }

    private static List<String> allIds() {
        return IntStream.range(0, CANDLES)
                .mapToObj(i -> NatsFixture.signal("momentum_pulse", NatsFixture.openTime(i))
                        .intentId())
                .toList();
    }
}
