package io.tabot.nats;

import com.typesafe.config.ConfigFactory;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nats.client.Connection;
import io.tabot.market.Candle;
import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import io.tabot.nats.NatsSettings.Candles;
import io.tabot.nats.NatsSettings.Delivery;
import io.tabot.nats.NatsSettings.Mode;
import io.tabot.nats.NatsSettings.Signals;
import io.tabot.signal.CandleMessage;
import io.tabot.signal.CandleRejections;
import io.tabot.signal.Signal;
import io.tabot.strategy.Decision;
import io.tabot.testing.NatsServer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.SinkQueueWithCancel;

/** What the tests against a server share: short times, one series of candles, and a plain client beside ours. */
final class NatsFixture implements AutoCloseable {
    static final Symbol SYMBOL = new Symbol("BTCUSDT");
    static final Timeframe TIMEFRAME = Timeframe.ONE_MINUTE;
    static final String SUBJECT = "candles.BTCUSDT.1m";
    /** Keeps more of a subject than any test publishes before it is read. */
    static final StreamSettings CANDLE_STREAM = new StreamSettings(
            "TABOT_CANDLES", 10_000, Duration.ZERO, Duration.ofMinutes(2), StreamSettings.Storage.FILE, 1);

    static final long FIRST_OPEN_TIME = 1_777_885_200_000L;

    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final Clock clock = ((InstantSource) () -> Instant.now().plus(ahead())).withZone(ZoneOffset.UTC);
    final CandleRejections rejections = new CandleRejections(meters, clock);
    final NatsConnection nats;
    final NatsCandleSource source;
    final Connection client;

    /** How far our clock is ahead of the server's: time that passes without anyone waiting for it. */
    volatile Duration ahead = Duration.ZERO;

    NatsFixture(NatsServer server, NatsSettings settings) {
        nats = new NatsConnection(settings, meters);
        nats.start();
        source = new NatsCandleSource(nats, rejections, meters, clock);
        client = server.connect();
    }

    static ActorTestKit actors() {
        return ActorTestKit.create(
                ConfigFactory.parseString("pekko.fail-mixed-versions = off").withFallback(ConfigFactory.load()));
    }

    static NatsSettings settings(NatsServer server) {
        return settings(server, Mode.JETSTREAM, List.of("candles.*.*"), List.of(), Duration.ZERO, 64);
    }

    static NatsSettings settings(
            NatsServer server,
            Mode mode,
            List<String> subjects,
            List<String> klines,
            Duration signalMaxAge,
            int bufferAndBatch) {
        var defaults = NatsSettings.defaults(NatsUrl.parse(server.url()), "test");
        var delivery = new Delivery("tabot-test", Duration.ofSeconds(2), 1000, bufferAndBatch, bufferAndBatch);
        return new NatsSettings(
                defaults.url(),
                "test",
                NatsCredentials.NONE,
                mode,
                new Candles(subjects, klines, List.of(), CANDLE_STREAM, delivery),
                new Signals(
                        "cio.intent.trading",
                        defaults.signals().stream(),
                        signalMaxAge,
                        Duration.ofSeconds(1),
                        8,
                        Optional.of("127.0.0.1:17355")),
                defaults.notices());
    }

    private Duration ahead() {
        return ahead;
    }

    /** Publishes candles as any producer would. */
    void publish(int from, int to) {
        for (int i = from; i < to; i++) {
            client.publish(SUBJECT, candle(i));
        }
    }

    static byte[] candle(int index) {
        var open = openTime(index);
        return ("{\"open_time\":%d,\"open\":\"1.5\",\"high\":2,\"low\":1,\"close\":1.7,\"volume\":%d}")
                .formatted(open, index)
                .getBytes(StandardCharsets.UTF_8);
    }

    static long openTime(int index) {
        return FIRST_OPEN_TIME + index * TIMEFRAME.longest().toMillis();
    }

    static int index(CandleMessage message) {
        return index(message.candle());
    }

    static int index(Candle candle) {
        return (int)
                ((candle.openTime() - FIRST_OPEN_TIME) / TIMEFRAME.longest().toMillis());
    }

    static Signal signal(String strategy, long openTime) {
        return new Signal(
                strategy,
                SYMBOL,
                TIMEFRAME,
                openTime,
                TIMEFRAME.closeTime(openTime),
                Decision.Action.BUY,
                0.7,
                1.7,
                1.7,
                Decision.Strength.STRONG,
                Decision.OrderType.MARKET,
                null,
                null,
                Map.of(),
                "%032x".formatted(openTime));
    }

    static byte[] json(Signal signal, Instant at) {
        return "{\"intent_id\":\"%s\",\"timestamp\":\"%s\"}"
                .formatted(signal.intentId(), at)
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Takes nothing ahead of being asked, apart from what the stream's own stages hold. */
    static Sink<CandleMessage, SinkQueueWithCancel<CandleMessage>> slowReader() {
        return Sink.<CandleMessage>queue(1).withAttributes(Attributes.inputBuffer(1, 1));
    }

    double count(String meter) {
        return meters.counter(meter).count();
    }

    @Override
    public void close() throws Exception {
        source.drain().toCompletableFuture().join();
        client.close();
        nats.close();
    }
}
