package io.tabot.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.tabot.market.Candle;
import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import io.tabot.signal.CandleMessage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.javadsl.Sink;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class DemoCandlesTest {
    private static final Symbol BITCOIN = new Symbol("BTCUSDT");
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final int TO_COME = 800;
    private static final ActorTestKit actors =
            ActorTestKit.create(ConfigFactory.parseString("pekko.fail-mixed-versions = off"));

    private final DemoCandles candles = DemoCandles.load();
    private final AtomicInteger idle = new AtomicInteger();
    private final DemoCandleSource source =
            new DemoCandleSource(candles, 100_000, Clock.fixed(NOW, ZoneOffset.UTC), idle::incrementAndGet);

    @AfterAll
    static void stop() {
        actors.shutdownTestKit();
    }

    @Test
    void isOneStretchOfCandlesWithoutGaps() {
        for (var symbol : DemoCandles.SYMBOLS) {
            var all = Stream.concat(candles.history(symbol).stream(), candles.toCome(symbol).stream())
                    .toList();

            assertThat(all).hasSize(650);
            for (var i = 1; i < all.size(); i++) {
                assertThat(all.get(i).openTime())
                        .isEqualTo(DemoCandles.TIMEFRAME.nextOpenTime(
                                all.get(i - 1).openTime()));
            }
            assertThat(DemoCandles.TIMEFRAME.isOpenTime(all.getFirst().openTime()))
                    .isTrue();
        }
    }

    @Test
    void beginsWithAFullWindowOfHistory() {
        var history = history(BITCOIN, Timeframe.FOUR_HOURS, 300);

        assertThat(history).hasSize(250).isEqualTo(candles.history(BITCOIN));
        assertThat(history(BITCOIN, Timeframe.FOUR_HOURS, 3)).isEqualTo(history.subList(247, 250));
    }

    @Test
    void hasNoHistoryOfAnythingElse() {
        assertThat(history(BITCOIN, Timeframe.ONE_HOUR, 300)).isEmpty();
        assertThat(history(new Symbol("ADAUSDT"), Timeframe.FOUR_HOURS, 300)).isEmpty();
    }

    @Test
    void emitsTheOtherCandlesOfEachSymbolInTurn() throws Exception {
        assertThat(source.health().pending()).isEqualTo(TO_COME);

        var messages = emitted(TO_COME);

        assertThat(messages.subList(0, 4))
                .extracting(CandleMessage::symbol)
                .containsExactly(
                        DemoCandles.SYMBOLS.getFirst(),
                        DemoCandles.SYMBOLS.getLast(),
                        DemoCandles.SYMBOLS.getFirst(),
                        DemoCandles.SYMBOLS.getLast());
        for (var symbol : DemoCandles.SYMBOLS) {
            assertThat(messages.stream().filter(message -> message.symbol().equals(symbol)))
                    .extracting(CandleMessage::candle)
                    .isEqualTo(candles.toCome(symbol));
        }
        assertThat(messages).allMatch(message -> message.timeframe() == Timeframe.FOUR_HOURS);
        assertThat(source.health().pending()).isZero();
        assertThat(source.health().lastCandle()).isEqualTo(NOW);
    }

    @Test
    void isIdleOnceTheLastCandleWasDealtWith() throws Exception {
        var messages = emitted(TO_COME);

        messages.stream().skip(1).forEach(message -> message.ack().done());
        messages.getLast().ack().done();
        assertThat(idle).hasValue(0);

        messages.getFirst().ack().retry();
        assertThat(idle).hasValue(1);
    }

    @Test
    void staysOpenUntilItIsDrained() throws Exception {
        var stream = source.candles().runWith(Sink.ignore(), actors.system()).toCompletableFuture();
        assertThat(stream).isNotDone();

        source.drain().toCompletableFuture().get(10, TimeUnit.SECONDS);

        stream.get(10, TimeUnit.SECONDS);
    }

    @Test
    void canBeDrainedBeforeItRan() {
        assertThat(source.drain()).isCompleted();
    }

    @Test
    void keepsItsPace() throws Exception {
        var slow = new DemoCandleSource(candles, 10, Clock.fixed(NOW, ZoneOffset.UTC), idle::incrementAndGet);
        var start = System.nanoTime();

        emitted(slow, 4);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(250));
    }

    private List<CandleMessage> emitted(int count) throws Exception {
        return emitted(source, count);
    }

    private static List<CandleMessage> emitted(DemoCandleSource source, int count) throws Exception {
        return source.candles()
                .take(count)
                .runWith(Sink.seq(), actors.system())
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    private List<Candle> history(Symbol symbol, Timeframe timeframe, int count) {
        return DemoCandleHistory.before(candles)
                .before(symbol, timeframe, Long.MAX_VALUE, count)
                .toCompletableFuture()
                .join();
    }
}
