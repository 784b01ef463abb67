package io.tabot.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nats.client.Message;
import io.nats.client.api.MessageInfo;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.api.StreamInfo;
import io.tabot.nats.NatsSettings.Mode;
import io.tabot.signal.Publication;
import io.tabot.signal.Signal;
import io.tabot.testing.NatsServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NatsSignalOutletIT {
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

    @Test
    void storesEachSignalOnceHoweverOftenItIsPublished() throws Exception {
        var outlet = outlet(NatsFixture.settings(server));
        var signals = signals(20);

        var first = outlet.publish(signals).toCompletableFuture().get(5, TimeUnit.SECONDS);
        var second = outlet.publish(signals).toCompletableFuture().get(5, TimeUnit.SECONDS);

        assertThat(first).isEqualTo(signals.stream().map(Publication::sent).toList());
        assertThat(second).isEqualTo(first);
        assertThat(signalStream().getStreamState().getMsgCount()).isEqualTo(20);
        assertThat(signalStream().getConfiguration().getDuplicateWindow()).isEqualTo(Duration.ofHours(1));
        assertThat(stored(1).getSubject()).isEqualTo("cio.intent.trading.momentum_pulse");
        assertThat(stored(1).getHeaders().getFirst("Nats-Msg-Id"))
                .isEqualTo(signals.getFirst().intentId());
    }

    @Test
    void tellsWhichNodeSentASignal() throws Exception {
        outlet(NatsFixture.settings(server))
                .publish(signals(1))
                .toCompletableFuture()
                .get(5, TimeUnit.SECONDS);

        assertThat(stored(1).getHeaders().get("Ta-Bot-Node")).containsExactly("127.0.0.1:17355");
    }

    @Test
    void storesInTheOrderPublished() throws Exception {
        var outlet = outlet(NatsFixture.settings(server));
        var signals = signals(50);

        outlet.publish(signals).toCompletableFuture().get(5, TimeUnit.SECONDS);

        for (int i = 0; i < signals.size(); i++) {
            assertThat(stored(i + 1).getHeaders().getFirst("Nats-Msg-Id"))
                    .isEqualTo(signals.get(i).intentId());
        }
    }

    @Test
    void withholdsASignalWhoseCandleClosedTooLongAgo() throws Exception {
        var outlet = outlet(NatsFixture.settings(
                server, Mode.JETSTREAM, List.of("candles.*.*"), List.of(), Duration.ofSeconds(300), 64));
        var now = fixture.clock.millis();
        var old = NatsFixture.signal("momentum_pulse", NatsFixture.TIMEFRAME.openTime(now) - 7 * 60_000);
        var fresh = NatsFixture.signal("momentum_pulse", NatsFixture.TIMEFRAME.openTime(now) - 60_000);

        var publications =
                outlet.publish(List.of(old, fresh)).toCompletableFuture().get(5, TimeUnit.SECONDS);

        assertThat(publications)
                .containsExactly(Publication.withheld(old, Publication.MAX_AGE), Publication.sent(fresh));
        assertThat(signalStream().getStreamState().getMsgCount()).isEqualTo(1);
        assertThat(fixture.meters
                        .counter("ta_bot_signals_withheld", "reason", "max_age")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void failsWhileTheServerIsAwayAndWorksAgainAfterwards() throws Exception {
        var outlet = outlet(NatsFixture.settings(server));
        var signals = signals(3);
        server.kill();

        var failure = outlet.publish(signals).handle((done, cause) -> cause);
        assertThat(failure.toCompletableFuture().get(5, TimeUnit.SECONDS)).hasCauseInstanceOf(SignalsNotStored.class);
        server.start();

        await().ignoreExceptions()
                .until(() -> outlet.publish(signals)
                                .toCompletableFuture()
                                .get(5, TimeUnit.SECONDS)
                                .size()
                        == 3);
        assertThat(signalStream().getStreamState().getMsgCount()).isEqualTo(3);
    }

    @Test
    void makesItsStreamAgainWhenItIsGone() throws Exception {
        var outlet = outlet(NatsFixture.settings(server));
        outlet.publish(signals(3)).toCompletableFuture().get(5, TimeUnit.SECONDS);

        fixture.client.jetStreamManagement().deleteStream("TABOT_SIGNALS");
        outlet.publish(signals(2)).toCompletableFuture().get(5, TimeUnit.SECONDS);

        assertThat(signalStream().getStreamState().getMsgCount()).isEqualTo(2);
    }

    @Test
    void usesAStreamThatAlreadyKeepsEveryStrategysSubject() throws Exception {
        var outlet = outlet(NatsFixture.settings(server));
        var streams = fixture.client.jetStreamManagement();
        var _ = streams.addStream(StreamConfiguration.builder()
                .name("INTENTS")
                .subjects("cio.intent.trading.*")
                .build());

        outlet.publish(signals(2)).toCompletableFuture().get(5, TimeUnit.SECONDS);

        assertThat(streams.getStreamNames()).containsExactly("INTENTS");
        assertThat(streams.getStreamInfo("INTENTS").getStreamState().getMsgCount())
                .isEqualTo(2);
    }

    @Test
    void failsTheStageWhenASignalCannotBeWritten() {
        fixture = new NatsFixture(server, NatsFixture.settings(server));
        var outlet = new NatsSignalOutlet(
                fixture.nats,
                (signal, at) -> {
                    throw new IllegalStateException("no");
                },
                fixture.meters,
                fixture.clock);

        assertThat(outlet.publish(signals(1)).toCompletableFuture()).isCompletedExceptionally();
    }

    @Test
    void reachesListenersInCoreModeWithoutAStream() throws Exception {
        var outlet =
                outlet(NatsFixture.settings(server, Mode.CORE, List.of("candles.*.*"), List.of(), Duration.ZERO, 64));
        var listener = fixture.client.subscribe("cio.intent.trading.>");
        fixture.client.flush(Duration.ofSeconds(1));

        outlet.publish(signals(1)).toCompletableFuture().get(5, TimeUnit.SECONDS);

        Message message = listener.nextMessage(Duration.ofSeconds(5));
        assertThat(message.getSubject()).isEqualTo("cio.intent.trading.momentum_pulse");
        assertThat(fixture.client.jetStreamManagement().getStreamNames()).isEmpty();
    }

    @Test
    void manyAtOnceReachListenersInOrderInCoreMode() throws Exception {
        var outlet =
                outlet(NatsFixture.settings(server, Mode.CORE, List.of("candles.*.*"), List.of(), Duration.ZERO, 64));
        var listener = fixture.client.subscribe("cio.intent.trading.>");
        fixture.client.flush(Duration.ofSeconds(1));
        var signals = signals(2_000);

        var published = signals.stream()
                .map(signal -> outlet.publish(List.of(signal)).toCompletableFuture())
                .toList();

        for (var i = 0; i < signals.size(); i++) {
            Message message = listener.nextMessage(Duration.ofSeconds(5));
            assertThat(message.getHeaders().getFirst("Nats-Msg-Id"))
                    .isEqualTo(signals.get(i).intentId());
        }
        assertThat(published).allSatisfy(one -> assertThat(one).succeedsWithin(Duration.ofSeconds(5)));
    }

    @Test
    void oneThatTheClientRefusesKeepsNoOtherBackInCoreMode() {
        fixture = new NatsFixture(
                server, NatsFixture.settings(server, Mode.CORE, List.of("candles.*.*"), List.of(), Duration.ZERO, 64));
        await().until(fixture.nats::connected);
        var signals = signals(20);
        var tooLarge = new byte[(int) fixture.client.getMaxPayload() + 1];
        var outlet = new NatsSignalOutlet(
                fixture.nats,
                (signal, at) -> signal.equals(signals.get(7)) ? tooLarge : NatsFixture.json(signal, at),
                fixture.meters,
                fixture.clock);

        var published = signals.stream()
                .map(signal -> outlet.publish(List.of(signal)).toCompletableFuture())
                .toList();

        for (var i = 0; i < published.size(); i++) {
            if (i == 7) {
                assertThat(published.get(i)).failsWithin(Duration.ofSeconds(5));
            } else {
                assertThat(published.get(i)).succeedsWithin(Duration.ofSeconds(5));
            }
        }
    }

    private NatsSignalOutlet outlet(NatsSettings settings) {
        fixture = new NatsFixture(server, settings);
        await().until(fixture.nats::connected);
        return new NatsSignalOutlet(fixture.nats, NatsFixture::json, fixture.meters, fixture.clock);
    }

    private static List<Signal> signals(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> NatsFixture.signal("momentum_pulse", NatsFixture.openTime(i)))
                .toList();
    }

    private StreamInfo signalStream() throws Exception {
        return fixture.client.jetStreamManagement().getStreamInfo("TABOT_SIGNALS");
    }

    private MessageInfo stored(long sequence) throws Exception {
        return fixture.client.jetStreamManagement().getMessage("TABOT_SIGNALS", sequence);
    }
}
