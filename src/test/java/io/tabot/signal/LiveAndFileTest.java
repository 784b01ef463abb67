package io.tabot.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tabot.config.ConfigCommand;
import io.tabot.config.ConfigFeed;
import io.tabot.config.ConfigState;
import io.tabot.config.EffectiveConfigs;
import io.tabot.config.Outcome;
import io.tabot.config.WholeConfig;
import io.tabot.market.AggregatedCandles;
import io.tabot.market.Candle;
import io.tabot.market.CandleHistory;
import io.tabot.market.CandleViews;
import io.tabot.market.CandleWindow;
import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import io.tabot.testing.Aggregates;
import io.tabot.testing.Events;
import io.tabot.testing.RegimeCandles;
import io.tabot.testing.TestCluster;
import io.tabot.trace.Tracer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same candles make the same signals, whether they come one by one on all timeframes or lie in a file of one. */
class LiveAndFileTest {
    private static final Symbol BTCUSDT = new Symbol("BTCUSDT");
    private static final String STRATEGY = "multi_timeframe_trend_continuation";

    /** In the middle of an hour and of four hours, with full windows before it. */
    private static final int START = 5222;

    private static final int COUNT = 12_000;
    private static final ConfigState STATE = corrected();
    private static final ActorTestKit actors = TestCluster.plain();

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ConcurrentLinkedQueue<Signal> published = new ConcurrentLinkedQueue<>();

    @AfterAll
    static void stop() {
        actors.shutdownTestKit();
    }

    @ParameterizedTest
    @EnumSource(names = {"FIFTEEN_MINUTES", "THIRTY_MINUTES"})
    void agreeFromTheFirstCandleOn(Timeframe base) {
        var candles = RegimeCandles.of(2, base, 0.004, COUNT);

        var live = live(base, candles, 0, CandleHistory.NONE);

        assertThat(live).hasSizeGreaterThan(5).isEqualTo(file(base, candles));
    }

    @Test
    void agreeAfterARestart() {
        var base = Timeframe.FIFTEEN_MINUTES;
        var candles = RegimeCandles.of(2, base, 0.004, COUNT);
        var expected = file(base, candles).stream()
                .filter(signal -> signal.openTime() >= candles.get(START).openTime())
                .toList();

        var live = live(base, candles, START, history(base, candles));

        assertThat(live).hasSizeGreaterThan(5).isEqualTo(expected);
        assertThat(meters.counter("ta_bot_higher_candles_missing", "timeframe", "1h")
                        .count())
                .isZero();
    }

    private static List<Signal> file(Timeframe base, List<Candle> candles) {
        var engine = new SignalEngine("test");
        var config = STATE.effective(Events.CATALOG, BTCUSDT);
        var window = new CandleWindow(300);
        var higher = new AggregatedCandles(base, config.higherTimeframes().getOrDefault(base, List.of()));
        var views = new CandleViews(window.newest(250), window.newest(300), higher);
        var signals = new ArrayList<Signal>();
        for (var candle : candles) {
            window.insert(candle);
            higher.add(candle);
            signals.addAll(engine.evaluate(BTCUSDT, base, views, config, Rejections.IGNORED));
        }
        return signals;
    }

    private List<Signal> live(Timeframe base, List<Candle> candles, int from, CandleHistory history) {
        TestProbe<ConfigFeed.Command> feed = actors.createTestProbe();
        TestProbe<ConfigFeed.Applied> applied = actors.createTestProbe();
        TestProbe<Ticket> done = actors.createTestProbe();
        var actor = actors.spawn(SignalActor.create(
                BTCUSDT,
                new SignalActor.Parts(
                        new SignalEngine("test"),
                        history,
                        Duration.ofSeconds(10),
                        signals -> CompletableFuture.completedStage(
                                signals.stream().map(Publication::sent).toList()),
                        publications -> publications.forEach(publication -> published.add(publication.signal())),
                        new SignalMetrics(meters, Clock.systemUTC()),
                        feed.ref(),
                        Tracer.OFF)));
        feed.expectMessageClass(ConfigFeed.Subscribe.class)
                .subscriber()
                .tell(new ConfigFeed.Push(new EffectiveConfigs(STATE, Events.CATALOG), applied.ref()));
        applied.receiveMessage();
        var messages = messages(base, candles, candles.get(from).openTime(), new Ticket(0, done.ref()));
        messages.forEach(actor::tell);
        done.receiveSeveralMessages(messages.size(), Duration.ofSeconds(60));
        return List.copyOf(published);
    }

    /** All candles of all timeframes by the time at which they close; at one instant, the base comes first. */
    private static List<SignalActor.Command> messages(Timeframe base, List<Candle> candles, long from, Ticket ticket) {
        var byTime = new TreeMap<Long, List<SignalActor.Command>>();
        for (var candle : candles) {
            var message = new SignalActor.Observe(base, candle, false, 0, ticket);
            byTime.computeIfAbsent(base.closeTime(candle.openTime()), _ -> new ArrayList<>())
                    .add(message);
        }
        var config = STATE.effective(Events.CATALOG, BTCUSDT);
        for (var higher : config.higherTimeframes().getOrDefault(base, List.of())) {
            for (var candle : Aggregates.of(candles, base, higher)) {
                var message = new SignalActor.Keep(higher, candle, ticket);
                byTime.computeIfAbsent(higher.closeTime(candle.openTime()), _ -> new ArrayList<>())
                        .add(message);
            }
        }
        return byTime.tailMap(from).values().stream().flatMap(List::stream).toList();
    }

    private static CandleHistory history(Timeframe base, List<Candle> candles) {
        return (symbol, timeframe, openTime, count) -> {
            var all = timeframe == base ? candles : Aggregates.of(candles, base, timeframe);
            var older =
                    all.stream().filter(candle -> candle.openTime() < openTime).toList();
            return CompletableFuture.completedStage(older.subList(Math.max(0, older.size() - count), older.size()));
        };
    }

    private static ConfigState corrected() {
        var first = Events.first();
        var fields = Map.<String, Object>of("rule_set", "corrected", "enabled_strategies", List.of(STRATEGY));
        var command = new ConfigCommand.Initialize(new WholeConfig(fields, Map.of()), first.defaults(), first.meta());
        return ((Outcome.Accept) Events.RULES.decide(ConfigState.empty("test"), command, List.of(), Events.START))
                .next();
    }
}
