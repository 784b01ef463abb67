package io.tabot.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tabot.config.ConfigCommand;
import io.tabot.config.ConfigFeed;
import io.tabot.config.ConfigRules;
import io.tabot.config.ConfigState;
import io.tabot.config.EffectiveConfigs;
import io.tabot.config.Outcome;
import io.tabot.config.RuleSettings;
import io.tabot.config.WholeConfig;
import io.tabot.market.Candle;
import io.tabot.market.CandleHistory;
import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import io.tabot.strategy.Decision.Action;
import io.tabot.strategy.StrategyCatalog;
import io.tabot.testing.Events;
import io.tabot.testing.TestCluster;
import io.tabot.trace.Tracer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class SignalActorTest {
    private static final long FOUR_HOURS = Duration.ofHours(4).toMillis();
    private static final Symbol BTCUSDT = new Symbol("BTCUSDT");
    private static final FakeStrategy EVERY_CANDLE =
            FakeStrategy.saying("every_candle", FakeStrategy.decision(Action.BUY, 0.7, 100, 90.0, 120.0));
    private static final FakeStrategy ALERT =
            FakeStrategy.saying("alert", FakeStrategy.decision(Action.HOLD, 0.7, 100, null, null));
    private static final StrategyCatalog CATALOG = new StrategyCatalog(List.of(EVERY_CANDLE));
    private static final ConfigRules RULES = new ConfigRules(CATALOG, RuleSettings.DEFAULTS);
    private static final ActorTestKit actors = TestCluster.plain();

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final TestProbe<ConfigFeed.Command> feed = actors.createTestProbe();
    private final TestProbe<Ticket> done = actors.createTestProbe();
    private final TestProbe<ConfigFeed.Applied> applied = actors.createTestProbe();
    private Duration historyTimeout = Duration.ofSeconds(10);
    private final ConcurrentLinkedQueue<Publication> published = new ConcurrentLinkedQueue<>();

    @AfterAll
    static void stop() {
        actors.shutdownTestKit();
    }

    @Test
    void evaluatesACandleOnceHoweverOftenItComes() {
        var actor = started(CandleHistory.NONE, SignalActorTest::store);

        observe(actor, candle(1));
        observe(actor, candle(1));
        observe(actor, candle(2));
        done.receiveSeveralMessages(3);

        assertThat(openTimes()).containsExactly(1, 2);
        assertThat(meters.counter("ta_bot_candles_ignored", "reason", "duplicate")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void waitsForAConfigurationBeforeItEvaluates() {
        var actor = actor(CandleHistory.NONE, SignalActorTest::store);
        observe(actor, candle(1));
        done.expectNoMessage(Duration.ofMillis(100));

        push(1);

        done.receiveMessage();
        assertThat(published)
                .extracting(publication -> publication.signal().metadata().get("config_revision"))
                .containsExactly(1L);
    }

    @Test
    void evaluatesUnderTheRevisionThatItWasPushed() {
        var actor = started(CandleHistory.NONE, SignalActorTest::store);
        observe(actor, candle(1));
        done.receiveMessage();

        push(5);
        observe(actor, candle(2));
        done.receiveMessage();

        assertThat(published)
                .extracting(publication -> publication.signal().metadata().get("config_revision"))
                .containsExactly(1L, 5L);
    }

    @Test
    void placesALateCandleAndDoesNotEvaluateIt() {
        var actor = started(CandleHistory.NONE, SignalActorTest::store);
        observe(actor, candle(1));
        observe(actor, candle(3));
        observe(actor, candle(2));
        observe(actor, candle(4));
        done.receiveSeveralMessages(4);

        assertThat(openTimes()).containsExactly(1, 3, 4);
        assertThat(windows()).containsExactly(1, 2, 4);
        assertThat(meters.counter("ta_bot_candles_missing", "timeframe", "4h").count())
                .isEqualTo(1);
    }

    @Test
    void evaluatesACandleThatWasOvertakenOnItsWayFromAnotherNode() {
        var actor = started(history(0, 5), SignalActorTest::store);
        observe(actor, candle(3), 13);
        done.receiveMessage();

        observe(actor, candle(2), 12);
        observe(actor, candle(1), 14);
        done.receiveSeveralMessages(2);

        assertThat(openTimes()).containsExactly(3, 2);
        assertThat(windows()).containsExactly(4, 3);
    }

    @Test
    void waitsAMomentForACandleThatWasOvertaken() {
        var reads = new AtomicInteger();
        var actor = started(counted(history(0, 5), reads), SignalActorTest::store);
        observe(actor, candle(1), 11);
        observe(actor, candle(4), 14);
        observe(actor, candle(3), 13);
        observe(actor, candle(2), 12);
        done.receiveSeveralMessages(4);

        assertThat(openTimes()).containsExactly(1, 2, 3, 4);
        assertThat(windows()).containsExactly(2, 3, 4, 5);
        assertThat(reads).hasValue(1);
    }

    @Test
    void readsTheHistoryIfWhatWasOvertakenDoesNotCome() {
        var actor = started(history(0, 5), SignalActorTest::store);
        observe(actor, candle(1), 11);
        observe(actor, candle(3), 13);
        done.receiveSeveralMessages(2);

        observe(actor, candle(2), 12);
        done.receiveMessage();

        assertThat(openTimes()).containsExactly(1, 3, 2);
        assertThat(windows()).containsExactly(2, 4, 3);
    }

    @Test
    void takesThoseThatCameOutOfOrderWhileTheHistoryWasReadInTheirOrder() {
        var first = new CompletableFuture<List<Candle>>();
        var reads = new AtomicInteger();
        var history = history(0, 5);
        var actor = started(
                (symbol, timeframe, openTime, count) ->
                        reads.incrementAndGet() == 1 ? first : history.before(symbol, timeframe, openTime, count),
                SignalActorTest::store);
        observe(actor, candle(4), 14);
        observe(actor, candle(2), 12);
        observe(actor, candle(3), 13);
        done.expectNoMessage(Duration.ofMillis(100));

        first.complete(List.of(candle(0), candle(1), candle(2), candle(3)));

        done.receiveSeveralMessages(3);
        assertThat(openTimes()).containsExactly(2, 3, 4);
        assertThat(windows()).containsExactly(3, 4, 5);
        assertThat(reads).hasValue(2);
    }

    @Test
    void aCandleThatWasPublishedLateIsNotOneThatWasOvertaken() {
        var actor = started(CandleHistory.NONE, SignalActorTest::store);
        observe(actor, candle(1), 11);
        observe(actor, candle(3), 13);
        observe(actor, candle(2), 14);
        done.receiveSeveralMessages(3);

        assertThat(openTimes()).containsExactly(1, 3);
    }

    @Test
    void endsOnlyWhenItsSignalsAreStored() {
        var stored = new CompletableFuture<List<Publication>>();
        var actor = started(CandleHistory.NONE, _ -> stored);
        observe(actor, candle(1));
        actor.tell(new SignalActor.Stop());
        done.expectNoMessage(Duration.ofMillis(100));

        stored.complete(List.of());

        done.receiveMessage();
        done.expectTerminated(actor);
    }

    @Test
    void evaluatesACandleThatAnEarlierLifeDiedOver() {
        var actor = started(CandleHistory.NONE, SignalActorTest::store);
        observe(actor, candle(5));
        done.receiveMessage();

        observeAgain(actor, candle(4));
        observeAgain(actor, candle(5));
        done.receiveSeveralMessages(2);

        assertThat(openTimes()).containsExactly(5, 4);
        assertThat(windows()).containsExactly(1, 1);
    }

    @Test
    void evaluatesWhatAnEarlierLifeDiedOverBetweenTwoThatItHasEvaluated() {
        CandleHistory history = history(1, 7);
        var actor = started(history, SignalActorTest::store);
        observeAgain(actor, candle(4));
        observe(actor, candle(7));
        observeAgain(actor, candle(5));
        observeAgain(actor, candle(6));
        observeAgain(actor, candle(5));
        done.receiveSeveralMessages(5);

        assertThat(openTimes()).containsExactly(4, 7, 5, 6);
        assertThat(windows()).containsExactly(4, 7, 5, 6);
    }

    @Test
    void answersEveryDeliveryOfAnOrphanWhenItsSignalsAreStored() {
        var storing = new CompletableFuture<List<Publication>>();
        var actor = started(
                CandleHistory.NONE,
                signals -> signals.getFirst().openTime() == 4 * FOUR_HOURS ? storing : store(signals));
        observe(actor, candle(5));
        done.receiveMessage();
        observeAgain(actor, candle(4));
        observeAgain(actor, candle(4));
        done.expectNoMessage(Duration.ofMillis(100));

        storing.complete(List.of());

        done.receiveSeveralMessages(2);
    }

    @Test
    void fillsItsWindowWithNothingNewerThanTheCandleAtHand() {
        CandleHistory history = history(1, 9);
        var actor = started(history, SignalActorTest::store);

        observe(actor, candle(5));
        observe(actor, candle(6));
        done.receiveSeveralMessages(2);

        assertThat(windows()).containsExactly(5, 6);
    }

    @Test
    void candlesWaitInLineWhileTheHistoryIsRead() {
        var reading = new CompletableFuture<List<Candle>>();
        var actor = started((symbol, timeframe, openTime, count) -> reading, SignalActorTest::store);
        observe(actor, candle(5));
        observe(actor, candle(6));
        done.expectNoMessage(Duration.ofMillis(100));

        reading.complete(List.of(candle(4)));

        done.receiveSeveralMessages(2);
        assertThat(openTimes()).containsExactly(5, 6);
        assertThat(windows()).containsExactly(2, 3);
    }

    @Test
    void asksAHistoryThatCannotBeReadAgainBeforeItEvaluates() {
        var asked = new AtomicInteger();
        var known = history(1, 9);
        var actor = started(
                (symbol, timeframe, openTime, count) -> asked.incrementAndGet() < 3
                        ? CompletableFuture.failedStage(new IllegalStateException("away"))
                        : known.before(symbol, timeframe, openTime, count),
                SignalActorTest::store);

        observe(actor, candle(5));

        done.receiveMessage(Duration.ofSeconds(10));
        assertThat(windows()).containsExactly(5);
    }

    @Test
    void fillsLiveWhenTheHistoryStaysAwayAndSaysSoUntilItAnswers() {
        historyTimeout = Duration.ofMillis(100);
        var known = history(1, 9);
        var isAway = new AtomicBoolean(true);
        var actor = started(
                (symbol, timeframe, openTime, count) -> isAway.get()
                        ? CompletableFuture.failedStage(new IllegalStateException("away"))
                        : known.before(symbol, timeframe, openTime, count),
                SignalActorTest::store);
        observe(actor, candle(5));
        done.receiveMessage();
        assertThat(meters.get("ta_bot_series_without_history").gauge().value()).isEqualTo(1);

        isAway.set(false);
        observe(actor, candle(6));
        done.receiveMessage();

        assertThat(windows()).containsExactly(1, 6);
        assertThat(meters.get("ta_bot_series_without_history").gauge().value()).isZero();
    }

    @Test
    void seesAnOrphanOnTheCandlesBeforeItHoweverFarBehindItIs() {
        var actor = started(history(1, 2000), SignalActorTest::store);
        observe(actor, candle(1900));
        done.receiveMessage();

        observeAgain(actor, candle(1000));
        done.receiveMessage();

        assertThat(openTimes()).containsExactly(1900, 1000);
        assertThat(windows()).containsExactly(250, 250);
    }

    @Test
    void asksTheHistoryAfterAGap() {
        CandleHistory history = history(1, 3);
        var actor = started(history, SignalActorTest::store);
        observe(actor, candle(2));
        observe(actor, candle(4));
        done.receiveSeveralMessages(2);

        assertThat(windows()).containsExactly(2, 4);
        assertThat(meters.counter("ta_bot_candles_missing", "timeframe", "4h").count())
                .isZero();
    }

    @Test
    void fillsItsWindowAnewAfterCandlesOfThePastWereStored() {
        var first = new AtomicInteger(5);
        CandleHistory growing = (symbol, timeframe, openTime, count) ->
                history(first.get(), 9).before(symbol, timeframe, openTime, count);
        var actor = started(growing, SignalActorTest::store);
        observe(actor, candle(6));
        done.receiveMessage();
        first.set(1);
        observe(actor, candle(7));
        actor.tell(new SignalActor.ReadPast(Timeframe.FOUR_HOURS));
        actor.tell(new SignalActor.ReadPast(Timeframe.ONE_HOUR));
        observe(actor, candle(8));
        observe(actor, candle(9));
        done.receiveSeveralMessages(3);

        assertThat(windows()).containsExactly(2, 3, 8, 9);
        assertThat(openTimes()).containsExactly(6, 7, 8, 9);
    }

    @Test
    void answersOnlyWhenTheSignalsAreStoredAndTriesUntilTheyAre() {
        var attempts = new ArrayList<CompletableFuture<List<Publication>>>();
        var actor = started(CandleHistory.NONE, signals -> {
            var attempt = attempts.isEmpty()
                    ? CompletableFuture.<List<Publication>>failedFuture(new IllegalStateException("no server"))
                    : store(signals).toCompletableFuture();
            attempts.add(attempt);
            return attempt;
        });
        observe(actor, candle(1));
        done.expectNoMessage(Duration.ofMillis(200));

        // Delivered again while the first is not stored yet: both wait for the same signals.
        observe(actor, candle(1));

        done.receiveSeveralMessages(2, Duration.ofSeconds(10));
        assertThat(openTimes()).containsExactly(1);
        assertThat(meters.counter("ta_bot_publish_failures").count()).isEqualTo(1);
    }

    @Test
    void listsAnAlertOfTheCorrectedRulesAndDoesNotSendIt() {
        var catalog = new StrategyCatalog(List.of(ALERT));
        var first = Events.first(catalog);
        var corrected = new ConfigCommand.Initialize(
                new WholeConfig(Map.of("rule_set", "corrected"), Map.of()), first.defaults(), first.meta());
        var rules = new ConfigRules(catalog, RuleSettings.DEFAULTS);
        var state =
                ((Outcome.Accept) rules.decide(ConfigState.empty("test"), corrected, List.of(), Events.START)).next();
        var actor = actor(CandleHistory.NONE, signals -> {
            throw new AssertionError("nothing to send");
        });
        subscriber.tell(new ConfigFeed.Push(new EffectiveConfigs(state, catalog), applied.getRef()));

        observe(actor, candle(1));

        done.receiveMessage();
        assertThat(published).extracting(Publication::withheld).containsExactly(Publication.HOLD);
    }

    private static CandleHistory history(int from, int to) {
        return (symbol, timeframe, openTime, count) -> {
            var before = IntStream.rangeClosed(from, to)
                    .mapToObj(SignalActorTest::candle)
                    .filter(candle -> candle.openTime() < openTime)
                    .toList();
            return CompletableFuture.completedStage(before.subList(Math.max(0, before.size() - count), before.size()));
        };
    }

    private static CandleHistory counted(CandleHistory history, AtomicInteger reads) {
        return (symbol, timeframe, openTime, count) -> {
            reads.incrementAndGet();
            return history.before(symbol, timeframe, openTime, count);
        };
    }

    private ActorRef<SignalActor.Command> started(CandleHistory history, SignalOutlet outlet) {
        var actor = actor(history, outlet);
        push(1);
        return actor;
    }

    private ActorRef<ConfigFeed.Push> subscriber;

    private ActorRef<SignalActor.Command> actor(CandleHistory history, SignalOutlet outlet) {
        var actor = actors.spawn(SignalActor.create(
                BTCUSDT,
                new SignalActor.Parts(
                        new SignalEngine("test"),
                        history,
                        historyTimeout,
                        outlet,
                        published::addAll,
                        new SignalMetrics(meters, Clock.systemUTC()),
                        feed.getRef(),
                        Tracer.OFF)));
        subscriber = feed.expectMessageClass(ConfigFeed.Subscribe.class).subscriber();
        return actor;
    }

    private void push(int revision) {
        subscriber.tell(new ConfigFeed.Push(new EffectiveConfigs(state(revision), CATALOG), applied.getRef()));
        assertThat(applied.receiveMessage().revision()).isEqualTo(revision);
    }

    private static ConfigState state(int revision) {
        var state = ConfigState.empty("test");
        for (var i = 0; i < revision; i++) {
            var command = i == 0 ? Events.first(CATALOG) : Events.maxPositions(100 + i, "next");
            var outcome = RULES.decide(state, command, List.of(), Events.START.plusSeconds(i));
            state = ((Outcome.Accept) outcome).next();
        }
        return state;
    }

    private void observe(ActorRef<SignalActor.Command> actor, Candle candle) {
        actor.tell(new SignalActor.Observe(Timeframe.FOUR_HOURS, candle, false, 0, new Ticket(0, done.ref())));
    }

    private void observe(ActorRef<SignalActor.Command> actor, Candle candle, long sequence) {
        actor.tell(new SignalActor.Observe(Timeframe.FOUR_HOURS, candle, false, sequence, new Ticket(0, done.ref())));
    }

    private void observeAgain(ActorRef<SignalActor.Command> actor, Candle candle) {
        actor.tell(new SignalActor.Observe(Timeframe.FOUR_HOURS, candle, true, 0, new Ticket(0, done.ref())));
    }

    private static CompletionStage<List<Publication>> store(List<Signal> signals) {
        return CompletableFuture.completedStage(
                signals.stream().map(Publication::sent).toList());
    }

    private List<Integer> openTimes() {
        return published.stream()
                .map(publication -> (int) (publication.signal().openTime() / FOUR_HOURS))
                .toList();
    }

    private List<Object> windows() {
        return published.stream()
                .map(publication -> publication.signal().metadata().get("window"))
                .toList();
    }

    private static Candle candle(int number) {
        return new Candle(number * FOUR_HOURS, 100, 110, 90, 100 + number, 5);
    }
}
