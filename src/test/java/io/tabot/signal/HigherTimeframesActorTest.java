package io.tabot.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tabot.config.ConfigFeed;
import io.tabot.config.EffectiveConfigs;
import io.tabot.market.Candle;
import io.tabot.market.CandleHistory;
import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import io.tabot.testing.Aggregates;
import io.tabot.testing.RegimeCandles;
import io.tabot.testing.TestCluster;
import io.tabot.trace.Tracer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a strategy sees of higher timeframes when their candles come by themselves, in whatever order. */
class HigherTimeframesActorTest {
    private static final Symbol BTCUSDT = new Symbol("BTCUSDT");
    private static final Timeframe BASE = Timeframe.FIFTEEN_MINUTES;
    private static final Timeframe HOUR = Timeframe.ONE_HOUR;
    private static final Timeframe FOUR_HOURS = Timeframe.FOUR_HOURS;
    private static final List<Candle> CANDLES = RegimeCandles.of(11, BASE, 0.0001, 4800);
    private static final Map<Timeframe, List<Candle>> ALL = Map.of(
            BASE, CANDLES,
            HOUR, Aggregates.of(CANDLES, BASE, HOUR),
            FOUR_HOURS, Aggregates.of(CANDLES, BASE, FOUR_HOURS));

    /** A candle that opens with one of four hours, and has enough before it to fill every window. */
    private static final int START = 4640;

    private static final ActorTestKit actors = TestCluster.plain();

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final TestProbe<ConfigFeed.Command> feed = actors.createTestProbe();
    private final TestProbe<Ticket> done = actors.createTestProbe();
    private final TestProbe<ConfigFeed.Applied> applied = actors.createTestProbe();
    private final ConcurrentLinkedQueue<Publication> published = new ConcurrentLinkedQueue<>();
    private Duration historyTimeout = Duration.ofSeconds(10);
    private CandleHistory history = before(ALL);
    private ActorRef<SignalActor.Command> actor =
            actors.<SignalActor.Command>createTestProbe().ref();
    private ActorRef<ConfigFeed.Push> subscriber =
            actors.<ConfigFeed.Push>createTestProbe().ref();

    @AfterAll
    static void stop() {
        actors.shutdownTestKit();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void theOrderOfArrivalMakesNoDifference(long seed) {
        start(Watcher.corrected(1));
        for (var i = START; i < START + 64; i++) {
            messages(i).forEach(actor::tell);
        }
        var expected = publishedBy(64);

        var random = new Random(seed);
        start(Watcher.corrected(1));
        for (var i = START; i < START + 64; i++) {
            var messages = messages(i);
            messages.add(messages.get(random.nextInt(messages.size())));
            Collections.shuffle(messages, random);
            messages.forEach(actor::tell);
        }

        assertThat(publishedBy(64)).isEqualTo(expected);
        assertThat(expected)
                .allSatisfy(signal -> assertThat(signal.metadata().values()).doesNotContain(Watcher.NOTHING));
        assertThat(missing(HOUR) + missing(FOUR_HOURS)).isZero();
    }

    @Test
    void showsWhatClosedWithTheCandleOrBefore() {
        start(Watcher.corrected(1));
        for (var i = START; i < START + 16; i++) {
            messages(i).forEach(actor::tell);
        }

        var signals = publishedBy(16);
        for (var i = 0; i < 16; i++) {
            var closeTime = BASE.closeTime(CANDLES.get(START + i).openTime());
            assertThat(signals.get(i).metadata())
                    .containsEntry("1h", Watcher.seen(newest(HOUR, closeTime)))
                    .containsEntry("4h", Watcher.seen(newest(FOUR_HOURS, closeTime)));
        }
    }

    @Test
    void takesInCandlesThatItDoesNotEvaluate() {
        start(Watcher.corrected(1));

        actor.tell(new SignalActor.Keep(HOUR, ALL.get(HOUR).getFirst(), new Ticket(0, done.ref())));
        done.receiveMessage();

        assertThat(published).isEmpty();
        assertThat(ignored("higher_timeframe")).isEqualTo(1);
        assertThat(meters.counter("ta_bot_candles_in", "timeframe", "1h").count())
                .isZero();
    }

    @Test
    void dropsCandlesThatNoStrategyOfTheSymbolReads() {
        start(Watcher.python(1));

        actor.tell(new SignalActor.Keep(HOUR, ALL.get(HOUR).getFirst(), new Ticket(0, done.ref())));
        done.receiveMessage();

        assertThat(ignored("not_configured")).isEqualTo(1);
        assertThat(ignored("higher_timeframe")).isZero();
    }

    @Test
    void candlesWaitInLineWhileTheHistoryOfAHigherTimeframeIsRead() {
        var reading = new CompletableFuture<List<Candle>>();
        history = (symbol, timeframe, openTime, count) -> timeframe == FOUR_HOURS
                ? reading.thenApply(_ -> newest(ALL.get(FOUR_HOURS), openTime, count))
                : before(ALL).before(symbol, timeframe, openTime, count);
        start(Watcher.corrected(1));
        observe(START);
        observe(START + 1);
        done.expectNoMessage(Duration.ofMillis(100));

        reading.complete(List.of());

        assertThat(publishedBy(2)).extracting(HigherTimeframesActorTest::seen).doesNotContain(Watcher.NOTHING);
    }

    @Test
    void goesOnWithoutAHistoryThatStaysAwayAndSaysSo() {
        historyTimeout = Duration.ofMillis(100);
        var isAway = new AtomicBoolean(true);
        history = (symbol, timeframe, openTime, count) -> timeframe != BASE && isAway.get()
                ? CompletableFuture.failedStage(new IllegalStateException("away"))
                : before(ALL).before(symbol, timeframe, openTime, count);
        start(Watcher.corrected(1));
        observe(START);
        assertThat(publishedBy(1)).extracting(HigherTimeframesActorTest::seen).containsExactly(Watcher.NOTHING);
        assertThat(missing(HOUR)).isEqualTo(1);
        assertThat(missing(FOUR_HOURS)).isEqualTo(1);
        assertThat(withoutHistory()).isEqualTo(3);

        isAway.set(false);
        observe(START + 1);

        assertThat(publishedBy(1)).extracting(HigherTimeframesActorTest::seen).doesNotContain(Watcher.NOTHING);
        assertThat(withoutHistory()).isZero();
    }

    @Test
    void asksForHistoryWhenTheRulesChangeAtRunTime() {
        start(Watcher.python(1));
        observe(START);
        assertThat(publishedBy(1)).extracting(HigherTimeframesActorTest::seen).containsExactly(Watcher.NOTHING);
        assertThat(missing(HOUR)).isZero();

        push(Watcher.corrected(2));
        observe(START + 1);

        assertThat(publishedBy(1)).extracting(HigherTimeframesActorTest::seen).doesNotContain(Watcher.NOTHING);
    }

    @Test
    void missesNoHistoryOfATimeframeThatNobodyReadsAnyMore() {
        historyTimeout = Duration.ofMillis(100);
        history = (symbol, timeframe, openTime, count) -> timeframe == HOUR
                ? CompletableFuture.failedStage(new IllegalStateException("away"))
                : before(ALL).before(symbol, timeframe, openTime, count);
        start(Watcher.corrected(1));
        observe(START);
        publishedBy(1);
        assertThat(withoutHistory()).isPositive();

        push(Watcher.python(2));
        history = before(ALL);
        observe(START + 1);
        publishedBy(1);

        assertThat(withoutHistory()).isLessThanOrEqualTo(1);
    }

    @Test
    void showsNothingWhileAHigherCandleIsMissingAndCountsIt() {
        history = before(Map.of(
                BASE, CANDLES,
                HOUR, newest(ALL.get(HOUR), CANDLES.get(START).openTime(), 300),
                FOUR_HOURS, ALL.get(FOUR_HOURS)));
        start(Watcher.corrected(1));
        for (var i = START; i < START + 12; i++) {
            observe(i);
        }

        // The first hour ends with the candle of its parts, and is not there for those of the hour after it.
        var seen = publishedBy(12).stream().map(HigherTimeframesActorTest::seen).toList();
        assertThat(seen.subList(0, 4)).doesNotContain(Watcher.NOTHING);
        assertThat(seen.subList(4, 12)).containsOnly(Watcher.NOTHING);
        assertThat(missing(HOUR)).isEqualTo(8);
        assertThat(missing(FOUR_HOURS)).isZero();
    }

    @Test
    void showsNothingWhenAPartOfTheCandleOfTheInstantIsMissing() {
        var gapped = new ArrayList<>(CANDLES);
        gapped.remove(START + 2);
        history = before(Map.of(BASE, gapped, HOUR, ALL.get(HOUR), FOUR_HOURS, ALL.get(FOUR_HOURS)));
        start(Watcher.corrected(1));
        observe(START);
        observe(START + 1);
        observe(START + 3);

        assertThat(publishedBy(3))
                .extracting(HigherTimeframesActorTest::seen)
                .last()
                .isEqualTo(Watcher.NOTHING);
        assertThat(missing(HOUR)).isEqualTo(1);
    }

    @Test
    void asksOnceForEachCandleThatDoesNotCome() {
        var asked = new ConcurrentLinkedQueue<Timeframe>();
        history = (symbol, timeframe, openTime, count) -> {
            asked.add(timeframe);
            var known = timeframe == BASE ? before(ALL) : CandleHistory.NONE;
            return known.before(symbol, timeframe, openTime, count);
        };
        start(Watcher.corrected(1));
        for (var i = START; i < START + 8; i++) {
            observe(i);
        }
        publishedBy(8);

        assertThat(asked).containsExactlyInAnyOrder(BASE, HOUR, FOUR_HOURS, HOUR);
    }

    @Test
    void showsAnOrphanWhatHadClosedWhenItDid() {
        start(Watcher.corrected(1));
        observe(START + 40);
        publishedBy(1);

        actor.tell(new SignalActor.Observe(BASE, CANDLES.get(START), true, 0, new Ticket(0, done.ref())));

        var closeTime = BASE.closeTime(CANDLES.get(START).openTime());
        assertThat(publishedBy(1))
                .allSatisfy(signal -> assertThat(signal.metadata())
                        .containsEntry("1h", Watcher.seen(newest(HOUR, closeTime)))
                        .containsEntry("4h", Watcher.seen(newest(FOUR_HOURS, closeTime))));
    }

    @Test
    void readsTimeframesAlongThatAreEvaluatedTooWithoutAnyHistory() {
        history = CandleHistory.NONE;
        start(Watcher.python(1));
        for (var i = START - 64; i < START; i++) {
            for (var message : messages(i)) {
                actor.tell(
                        message instanceof SignalActor.Keep keep
                                ? new SignalActor.Observe(
                                        keep.timeframe(), keep.candle(), false, 0, new Ticket(0, done.ref()))
                                : message);
            }
        }
        publishedBy(64);

        push(Watcher.corrected(2));
        observe(START);

        assertThat(publishedBy(1)).extracting(HigherTimeframesActorTest::seen).doesNotContain(Watcher.NOTHING);
        assertThat(missing(HOUR)).isZero();
    }

    /** The base candle and those of the higher timeframes that close with it. */
    private List<SignalActor.Command> messages(int index) {
        var candle = CANDLES.get(index);
        var messages = new ArrayList<SignalActor.Command>();
        messages.add(new SignalActor.Observe(BASE, candle, false, 0, new Ticket(0, done.ref())));
        for (var timeframe : List.of(HOUR, FOUR_HOURS)) {
            ALL.get(timeframe).stream()
                    .filter(higher -> timeframe.closeTime(higher.openTime()) == BASE.closeTime(candle.openTime()))
                    .forEach(
                            higher -> messages.add(new SignalActor.Keep(timeframe, higher, new Ticket(0, done.ref()))));
        }
        return messages;
    }

    private void observe(int index) {
        actor.tell(new SignalActor.Observe(BASE, CANDLES.get(index), false, 0, new Ticket(0, done.ref())));
    }

    /** So many signals; then nothing is left. */
    private List<Signal> publishedBy(int count) {
        TestCluster.eventually(published::size, size -> size >= count);
        var signals = published.stream().map(Publication::signal).toList();
        published.clear();
        assertThat(signals).hasSize(count);
        return signals;
    }

    private void start(EffectiveConfigs configs) {
        actor = actors.spawn(SignalActor.create(
                BTCUSDT,
                new SignalActor.Parts(
                        new SignalEngine("test"),
                        (symbol, timeframe, openTime, count) -> history.before(symbol, timeframe, openTime, count),
                        historyTimeout,
                        signals -> CompletableFuture.completedStage(
                                signals.stream().map(Publication::sent).toList()),
                        published::addAll,
                        new SignalMetrics(meters, Clock.systemUTC()),
                        feed.ref(),
                        Tracer.OFF)));
        subscriber = feed.expectMessageClass(ConfigFeed.Subscribe.class).subscriber();
        push(configs);
    }

    private void push(EffectiveConfigs configs) {
        subscriber.tell(new ConfigFeed.Push(configs, applied.ref()));
        assertThat(applied.receiveMessage().revision()).isEqualTo(configs.revision());
    }

    private static CandleHistory before(Map<Timeframe, List<Candle>> candles) {
        return (symbol, timeframe, openTime, count) ->
                CompletableFuture.completedStage(newest(candles.get(timeframe), openTime, count));
    }

    private static List<Candle> newest(List<Candle> candles, long openTime, int count) {
        var older =
                candles.stream().filter(candle -> candle.openTime() < openTime).toList();
        return older.subList(Math.max(0, older.size() - count), older.size());
    }

    /** What a window holds of the candles that closed by then. */
    private static List<Candle> newest(Timeframe timeframe, long instant) {
        return newest(ALL.get(timeframe), timeframe.openTime(instant + 1), 250);
    }

    /** Of the hours. */
    private static String seen(Signal signal) {
        return String.valueOf(signal.metadata().get("1h"));
    }

    private double missing(Timeframe timeframe) {
        return meters.counter("ta_bot_higher_candles_missing", "timeframe", timeframe.id())
                .count();
    }

    private double ignored(String reason) {
        return meters.counter("ta_bot_candles_ignored", "reason", reason).count();
    }

    private double withoutHistory() {
        return meters.get("ta_bot_series_without_history").gauge().value();
    }
}
