package io.tabot.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nats.client.Message;
import io.nats.client.PullSubscribeOptions;
import io.nats.client.api.StreamConfiguration;
import io.tabot.nats.NatsSettings.Mode;
import io.tabot.signal.CandleMessage;
import io.tabot.signal.CandleRejection;
import io.tabot.testing.NatsServer;
import java.nio.charset.StandardCharsets;
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

class NatsCandleSourceIT {
    private static final ActorTestKit actors = NatsFixture.actors();
    private static final Duration NO_MORE = Duration.ofMillis(200);

    private final Queue<CandleMessage> taken = new ConcurrentLinkedQueue<>();
    private NatsServer server;
    private NatsFixture fixture;

    @BeforeEach
    void startServer() {
        server = NatsServer.running();
    }

    @AfterEach
    void stopServer() throws Exception {
        fixture.close();
        server.close();
    }

    @AfterAll
    static void stopActors() {
        actors.shutdownTestKit();
    }

    @Test
    void deliversInOrderAndOnceWhatIsAcknowledged() {
        run(NatsFixture.settings(server));

        fixture.publish(0, 500);

        awaitTaken(500);
        assertThat(taken).extracting(NatsFixture::index).containsExactlyElementsOf(upTo(500));
        await().until(() -> ackPending() == 0);
        assertThat(fixture.count("ta_bot_candles_received")).isEqualTo(500);
        assertThat(fixture.source.health().connected()).isTrue();
        assertThat(fixture.source.health().lastCandle()).isNotNull();
        assertThat(fixture.source.health().pending()).isZero();
    }

    @Test
    void deliversAgainWhatIsNotAcknowledgedAndWhatIsToBeRetried() {
        open(NatsFixture.settings(server));
        fixture.source
                .candles()
                .runWith(
                        Sink.foreach(message -> {
                            var again = taken.stream()
                                    .anyMatch(seen -> seen.candle().equals(message.candle()));
                            taken.add(message);
                            switch (again ? -1 : NatsFixture.index(message)) {
                                case 1 -> {} // neither done nor retried
                                case 2 -> message.ack().retry();
                                default -> message.ack().done();
                            }
                        }),
                        actors.system());
        awaitConsumer();

        fixture.publish(0, 4);

        awaitTaken(6);
        assertThat(taken).extracting(NatsFixture::index).containsExactlyInAnyOrder(0, 1, 2, 3, 1, 2);
        await().until(() -> ackPending() == 0);
    }

    @Test
    void doesNotWorkOnACandleAgainOnceItsSignalsAreForgotten() {
        open(NatsFixture.settings(server));
        var _ = fixture.source.candles().runWith(Sink.foreach(taken::add), actors.system());
        awaitConsumer();
        fixture.publish(0, 1);
        awaitTaken(2);

        fixture.ahead = Duration.ofHours(1);

        await().until(() -> fixture.rejections.count(CandleRejection.EXPIRED) == 1);
        await().until(() -> ackPending() == 0);
    }

    @Test
    void letsMalformedMessagesPassAndAcknowledgesThem() {
        run(NatsFixture.settings(server));

        fixture.client.publish(NatsFixture.SUBJECT, "{not json".getBytes(StandardCharsets.UTF_8));
        fixture.client.publish("candles.BTCUSDT.7m", NatsFixture.candle(0));
        fixture.publish(0, 1);

        awaitTaken(1);
        await().until(() -> ackPending() == 0);
        assertThat(fixture.rejections.count(CandleRejection.NOT_JSON)).isEqualTo(1);
        assertThat(fixture.rejections.count(CandleRejection.UNKNOWN_TIMEFRAME)).isEqualTo(1);
    }

    @Test
    void usesAStreamThatAlreadyCoversTheSubject() throws Exception {
        try (var client = server.connect()) {
            client.jetStreamManagement()
                    .addStream(StreamConfiguration.builder()
                            .name("MARKET")
                            .subjects("candles.>")
                            .build());
        }
        run(NatsFixture.settings(server));

        fixture.publish(0, 3);

        awaitTaken(3);
        assertThat(fixture.client.jetStreamManagement().getStreamNames())
                .containsExactlyInAnyOrder("MARKET", "TABOT_SIGNALS");
    }

    @Test
    void listensToSeveralSubjects() {
        run(NatsFixture.settings(
                server,
                Mode.JETSTREAM,
                List.of("candles.*.*", "spot.candles.>"),
                List.of("binance.websocket.data"),
                Duration.ZERO,
                64));

        fixture.publish(0, 1);
        fixture.client.publish("spot.candles.BTCUSDT.1m", NatsFixture.candle(1));
        fixture.client.publish(
                "binance.websocket.data", """
                {"data":{"e":"kline","s":"BTCUSDT","k":{"t":%d,"s":"BTCUSDT","i":"1m","o":"1","c":"1","h":"1","l":"1",
                 "v":"1","x":true}}}""".formatted(NatsFixture.openTime(2)).getBytes(StandardCharsets.UTF_8));

        awaitTaken(3);
        assertThat(taken).extracting(NatsFixture::index).containsExactlyInAnyOrder(0, 1, 2);
    }

    @Test
    void asksOnlyForWhatIsReadFromIt() throws Exception {
        open(NatsFixture.settings(server, Mode.JETSTREAM, List.of("candles.*.*"), List.of(), Duration.ZERO, 10));
        var queue = fixture.source.candles().runWith(NatsFixture.slowReader(), actors.system());
        awaitConsumer();
        fixture.publish(0, 200);

        var first = queue.pull().toCompletableFuture().get(5, TimeUnit.SECONDS).orElseThrow();

        assertThat(NatsFixture.index(first)).isZero();
        assertThat(ackPending()).isBetween(1L, 20L);
        queue.cancel();
    }

    @Test
    void tellsHowManyWaitAlsoWhenOthersHaveTakenThem() throws Exception {
        open(NatsFixture.settings(server, Mode.JETSTREAM, List.of("candles.*.*"), List.of(), Duration.ZERO, 10));
        var stream = StreamConfiguration.builder().name("TABOT_CANDLES").subjects("candles.*.*");
        fixture.client.jetStreamManagement().addStream(stream.build());
        fixture.publish(0, 200);
        fixture.client.flush(Duration.ofSeconds(1));
        var queue = fixture.source.candles().runWith(NatsFixture.slowReader(), actors.system());
        try {
            var first = queue.pull().toCompletableFuture().get(5, TimeUnit.SECONDS);
            first.orElseThrow().ack().done();
            assertThat(fixture.source.health().pending()).isGreaterThan(100);

            takeAsAnotherNode();

            await().until(() -> {
                var _ = queue.pull()
                        .thenAccept(
                                next -> next.ifPresent(message -> message.ack().done()));
                return fixture.source.health().pending() == 0;
            });
        } finally {
            queue.cancel();
        }
    }

    @Test
    void tellsHowManyWaitAlsoWhenNobodyReadsThem() throws Exception {
        open(NatsFixture.settings(server, Mode.JETSTREAM, List.of("candles.*.*"), List.of(), Duration.ZERO, 10));
        var queue = fixture.source.candles().runWith(NatsFixture.slowReader(), actors.system());
        try {
            awaitConsumer();
            fixture.publish(0, 10);
            var _ = queue.pull().toCompletableFuture().get(5, TimeUnit.SECONDS).orElseThrow();

            fixture.publish(10, 200);

            fixture.ahead = Duration.ofSeconds(10);
            await().until(() -> fixture.source.health().pending() > 150);
        } finally {
            queue.cancel();
        }
    }

    @Test
    void makesConsumerAndStreamAgainWhenTheyAreGone() throws Exception {
        run(NatsFixture.settings(server));
        fixture.publish(0, 3);
        awaitTaken(3);
        await().until(() -> ackPending() == 0);

        fixture.client.jetStreamManagement().deleteConsumer("TABOT_CANDLES", "tabot-test");
        fixture.publish(3, 6);
        await().until(() -> taken.stream().anyMatch(message -> NatsFixture.index(message) == 5));

        fixture.client.jetStreamManagement().deleteStream("TABOT_CANDLES");
        awaitConsumer();
        fixture.publish(6, 9);
        await().until(() -> taken.stream().anyMatch(message -> NatsFixture.index(message) == 8));
        assertThat(taken).extracting(NatsFixture::index).contains(upTo(9).toArray(Integer[]::new));
    }

    @Test
    void endsWhenDrainedAndHandsBackWhatItDidNotEmit() throws Exception {
        run(NatsFixture.settings(server));
        fixture.publish(0, 3);
        awaitTaken(3);

        fixture.source.drain().toCompletableFuture().get(5, TimeUnit.SECONDS);
        fixture.publish(3, 6);
        fixture.client.flush(Duration.ofSeconds(1));
        var next = new NatsCandleSource(fixture.nats, fixture.rejections, fixture.meters, fixture.clock);
        take(next);

        awaitTaken(6);
        assertThat(taken).extracting(NatsFixture::index).containsExactlyElementsOf(upTo(6));
        next.drain().toCompletableFuture().get(5, TimeUnit.SECONDS);
    }

    private void open(NatsSettings settings) {
        fixture = new NatsFixture(server, settings);
    }

    /** Takes and acknowledges every candle, and returns once the consumer exists. */
    private void run(NatsSettings settings) {
        open(settings);
        take(fixture.source);
        awaitConsumer();
    }

    private void take(NatsCandleSource source) {
        source.candles()
                .runWith(
                        Sink.foreach(message -> {
                            taken.add(message);
                            message.ack().done();
                        }),
                        actors.system());
    }

    /** All that the consumer has not delivered yet. */
    private void takeAsAnotherNode() throws Exception {
        var options = PullSubscribeOptions.fastBind("TABOT_CANDLES", "tabot-test");
        var subscription = fixture.client.jetStream().subscribe(null, options);
        for (var batch = subscription.fetch(50, NO_MORE); !batch.isEmpty(); batch = subscription.fetch(50, NO_MORE)) {
            batch.forEach(Message::ack);
        }
        subscription.unsubscribe();
    }

    private void awaitConsumer() {
        await().ignoreExceptions()
                .until(() -> !fixture.client
                        .jetStreamManagement()
                        .getConsumerNames(fixture.client
                                .jetStreamManagement()
                                .getStreamNames("candles.BTCUSDT.1m")
                                .getFirst())
                        .isEmpty());
    }

    private void awaitTaken(int count) {
        await().until(taken::size, size -> size >= count);
    }

    private long ackPending() throws Exception {
        return fixture.client
                .jetStreamManagement()
                .getConsumerInfo("TABOT_CANDLES", "tabot-test")
                .getNumAckPending();
    }

    private static List<Integer> upTo(int count) {
        return IntStream.range(0, count).boxed().toList();
    }
}
