package io.tabot.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nats.client.api.StreamConfiguration;
import io.tabot.market.Candle;
import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import io.tabot.testing.NatsServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NatsCandleHistoryIT {
    private NatsServer server;
    private NatsFixture fixture;

    @BeforeEach
    void start() {
        server = NatsServer.running();
        fixture = new NatsFixture(server, NatsFixture.settings(server));
        await().until(fixture.nats::connected);
    }

    @AfterEach
    void stop() throws Exception {
        fixture.close();
        server.close();
    }

    @Test
    void returnsTheNewestCandlesOfTheSeries() throws Exception {
        stream("TABOT_CANDLES", 300);
        fixture.publish(0, 400);
        fixture.client.publish("candles.ETHUSDT.1m", NatsFixture.candle(400));
        fixture.client.publish(NatsFixture.SUBJECT, new byte[0]);

        assertThat(indexes(newest(50))).containsExactlyInAnyOrderElementsOf(range(350, 400));
        assertThat(indexes(newest(1000))).containsExactlyInAnyOrderElementsOf(range(101, 400));
    }

    @Test
    void readsOnlyTheEndOfALongStream() throws Exception {
        stream("MARKET", -1);
        fixture.publish(0, 2000);

        assertThat(indexes(newest(20))).containsExactlyInAnyOrderElementsOf(range(1980, 2000));
    }

    @Test
    void readsBehindALongBacklog() throws Exception {
        stream("TABOT_CANDLES", 2000);
        fixture.publish(0, 1500);
        fixture.client.flush(Duration.ofSeconds(1));

        var before = before(NatsFixture.SYMBOL, NatsFixture.openTime(400), 299);

        assertThat(indexes(before)).containsExactlyInAnyOrderElementsOf(range(101, 400));
        assertThat(indexes(before(NatsFixture.SYMBOL, NatsFixture.openTime(3), 299)))
                .containsExactlyInAnyOrderElementsOf(range(0, 3));
    }

    @Test
    void countsARepeatedBarOnce() throws Exception {
        stream("TABOT_CANDLES", 300);
        fixture.publish(0, 10);
        fixture.publish(5, 10);

        assertThat(indexes(newest(8))).containsExactlyInAnyOrderElementsOf(range(2, 10));
    }

    @Test
    void isEmptyForAnUnknownSeriesAndWithoutAStream() throws Exception {
        assertThat(newest(10)).isEmpty();

        stream("TABOT_CANDLES", 300);

        assertThat(newest(10)).isEmpty();
        assertThat(history(new Symbol("NO.SUCH"), 10)).isEmpty();
    }

    @Test
    void leavesNoConsumersBehind() throws Exception {
        stream("TABOT_CANDLES", 300);
        fixture.publish(0, 10);

        newest(10);

        assertThat(fixture.client.jetStreamManagement().getConsumerNames("TABOT_CANDLES"))
                .isEmpty();
    }

    private void stream(String name, long perSubject) throws Exception {
        var _ = fixture.client
                .jetStreamManagement()
                .addStream(StreamConfiguration.builder()
                        .name(name)
                        .subjects("candles.*.*")
                        .maxMessagesPerSubject(perSubject)
                        .build());
    }

    private List<Candle> newest(int count) throws Exception {
        fixture.client.flush(Duration.ofSeconds(1));
        return history(NatsFixture.SYMBOL, count);
    }

    private List<Candle> history(Symbol symbol, int count) throws Exception {
        return before(symbol, Long.MAX_VALUE, count);
    }

    private List<Candle> before(Symbol symbol, long openTime, int count) throws Exception {
        return new NatsCandleHistory(fixture.nats)
                .before(symbol, Timeframe.ONE_MINUTE, openTime, count)
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    private static List<Integer> indexes(List<Candle> candles) {
        return candles.stream().map(NatsFixture::index).toList();
    }

    private static List<Integer> range(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }
}
