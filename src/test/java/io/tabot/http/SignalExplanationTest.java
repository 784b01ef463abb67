package io.tabot.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tabot.market.Candle;
import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import io.tabot.signal.RecentSignals.Entry;
import io.tabot.signal.RecentSignals.Filter;
import io.tabot.testing.Events;
import io.tabot.testing.RandomCandles;
import io.tabot.testing.RegimeCandles;
import io.tabot.testing.TestCluster;
import io.tabot.testing.Windows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Signals of a run with changes in between are explained long after, each on the candles that it was decided on. */
class SignalExplanationTest {
    private static final Symbol SYMBOL = new Symbol("BTCUSDT");
    private static final Timeframe TIMEFRAME = Timeframe.FIFTEEN_MINUTES;
    private static final String CONFIG = "/api/v1/config/application";
    private static final String SIGNALS = "/api/v1/signals/";
    private static final int SIGNALS_WANTED = 1_000;

    /** A walk on which a lot fires. */
    private static final List<Candle> CANDLES = Windows.candles(RandomCandles.walk(7, 2_000));

    /** Long trends, which the strategy on several timeframes waits for. */
    private static final List<Candle> TRENDS = RegimeCandles.of(2, TIMEFRAME, 0.004, 9_000);

    private static final String ON_SEVERAL = "multi_timeframe_trend_continuation";
    private static final Symbol OTHER = new Symbol("ETHUSDT");

    @RegisterExtension
    static final ServedApi served = new ServedApi(RunningApi::start);

    private static final Client client = served.client();

    @BeforeAll
    static void run() {
        knowCandles(UnaryOperator.identity());
        change(
                CONFIG,
                "{'candle_periods': ['15m'], 'min_confidence': 0.0, 'max_confidence': 1.0, 'changed_by': 'ops'}");
        var trends = watch(OTHER, TRENDS);
        change(CONFIG, "{'rule_set': 'corrected', 'enabled_strategies': ['" + ON_SEVERAL + "'], 'changed_by': 'ops'}");
        observe(trends, TRENDS.subList(5_222, TRENDS.size()));
        var walk = watch(SYMBOL, CANDLES);
        var from = 600;
        for (var step : steps()) {
            change(step.getFirst(), step.getLast());
            from = observeUntil(walk, from, count() + 100);
        }
        observeUntil(walk, from, SIGNALS_WANTED);
    }

    @AfterEach
    void candlesComeBack() {
        knowCandles(UnaryOperator.identity());
    }

    @Tag("long")
    @Test
    void everyOneOfAThousandIsReproducedUnderItsOwnConfiguration() {
        var revisions = new HashSet<Long>();
        var strategies = new HashSet<String>();
        var entries = signals();
        for (var entry : entries) {
            var reply = client.get(SIGNALS + entry.signal().intentId());

            assertThat(reply.at("/data/reproduced").asBoolean())
                    .as(reply.text())
                    .isTrue();
            assertThat(reply.at("/data/why").isNull()).isTrue();
            assertThat(reply.at("/data/differences")).isEmpty();
            assertThat(reply.at("/data/parameters_hash")).isEqualTo(reply.at("/data/signal/metadata/parameters_hash"));
            assertThat(reply.at("/data/configuration/revision"))
                    .isEqualTo(reply.at("/data/signal/metadata/config_revision"));
            revisions.add(reply.at("/data/configuration/revision").asLong());
            strategies.add(entry.signal().strategyId());
        }

        assertThat(entries).hasSize(SIGNALS_WANTED);
        assertThat(revisions).hasSizeGreaterThanOrEqualTo(steps().size());
        assertThat(strategies).hasSizeGreaterThan(15);
        assertThat(strategies).contains(ON_SEVERAL);
    }

    @Test
    void tellsWhichLayerAndChangeSuppliedEachValueThen() {
        var entry = signals().stream()
                .filter(one -> one.signal().strategyId().equals("bear_trap_buy"))
                .filter(one -> one.signal().configRevision().orElseThrow() >= 6)
                .findFirst()
                .orElseThrow();

        var reply = client.get(SIGNALS + entry.signal().intentId());

        assertThat(reply.at("/data/parameters/base_confidence/layer").asText()).isEqualTo("symbol");
        assertThat(reply.at("/data/parameters/base_confidence/revision").asInt())
                .isEqualTo(6);
        assertThat(reply.at("/data/parameters/enabled/layer").asText()).isEqualTo("default");
        assertThat(reply.at("/data/parameters/enabled/revision").isNull()).isTrue();
        assertThat(reply.at("/data/configuration/application/candle_periods/revision")
                        .asInt())
                .isEqualTo(2);
        assertThat(reply.at("/data/configuration/application/rule_set/layer").asText())
                .isEqualTo("application");
        assertThat(reply.at("/metadata/source").asText()).isEqualTo("memory");
        assertThat(reply.at("/data/candles").asText()).isEqualTo("stream");
    }

    @Test
    void aCandleThatWasAlteredMakesItACaseOfOtherCandles() {
        var signal = newest();
        var altered = signal.signal().openTime() - 40 * TIMEFRAME.longest().toMillis();
        knowCandles(candle -> candle.openTime() == altered
                ? new Candle(altered, candle.open(), candle.high(), candle.low(), candle.close(), candle.volume() + 1)
                : candle);

        assertImpossible(signal, "candles_changed");
    }

    @Test
    void aCandleOutsideOfItsWindowDoesNotMatter() {
        var signal = newest();
        var beyond = signal.signal().openTime() - 260 * TIMEFRAME.longest().toMillis();
        knowCandles(candle -> candle.openTime() == beyond
                ? new Candle(beyond, candle.open(), candle.high(), candle.low(), candle.close(), candle.volume() + 1)
                : candle);

        assertThat(client.get(SIGNALS + signal.signal().intentId())
                        .at("/data/reproduced")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void candlesThatAreGoneAndStoresThatAreAwayAreToldApart() {
        var signal = newest();
        var switches = served.running().switches;

        switches.candles = (symbol, timeframe, openTime, count) -> CompletableFuture.completedStage(List.of());
        assertImpossible(signal, "candles_gone");
        var half = WatchedSymbol.history(
                SYMBOL,
                TIMEFRAME,
                CANDLES.stream()
                        .filter(candle -> candle.openTime()
                                > signal.signal().openTime()
                                        - 100 * TIMEFRAME.longest().toMillis())
                        .toList());
        switches.candles = half;
        assertImpossible(signal, "candles_gone");
        switches.candles = (symbol, timeframe, openTime, count) ->
                CompletableFuture.failedStage(new IllegalStateException("away"));
        assertImpossible(signal, "candles_unreadable");
    }

    @Test
    void higherCandlesThatAreGoneCountAsGone() {
        var signal = signals().stream()
                .filter(one -> one.signal().strategyId().equals(ON_SEVERAL))
                .findFirst()
                .orElseThrow();
        served.running().switches.candles = (symbol, timeframe, openTime, count) -> timeframe == TIMEFRAME
                ? WatchedSymbol.history(OTHER, TIMEFRAME, TRENDS).before(symbol, timeframe, openTime, count)
                : CompletableFuture.completedStage(List.of());

        assertImpossible(signal, "candles_gone");
    }

    @Test
    void aSignalThatNobodyKnowsIs404() {
        for (var id : List.of("0".repeat(32), "x", "A".repeat(32))) {
            var reply = client.get(SIGNALS + id);

            assertThat(reply.status()).isEqualTo(404);
            assertThat(reply.at("/error/message").asText()).contains("looked up in memory");
        }
        assertThat(client.get(SIGNALS + "0".repeat(32) + "?verbose=1").status()).isEqualTo(422);
    }

    @Test
    void countsBySeveralFieldsAndByTheHourOfCandles() {
        var byStrategy = client.get("/api/v1/signals/stats");
        var all = client.get("/api/v1/signals/stats?group_by=strategy,symbol,action,revision,timeframe&bucket=hour");

        assertThat(byStrategy.at("/metadata/total").asInt()).isEqualTo(SIGNALS_WANTED);
        assertThat(all.at("/metadata/total").asInt()).isEqualTo(SIGNALS_WANTED);
        var expected = new HashMap<String, Integer>();
        signals().forEach(entry -> expected.merge(entry.signal().strategyId(), 1, Integer::sum));
        assertThat(byStrategy.at("/data"))
                .allSatisfy(item -> assertThat(item.get("count").asInt())
                        .isEqualTo(expected.get(item.get("strategy").asText())));
        assertThat(byStrategy.at("/data")).hasSize(expected.size());
        assertThat(all.at("/data/0/bucket").asText()).endsWith(":00:00.000000Z");
        assertThat(client.get("/api/v1/signals/stats?published=false")
                        .at("/metadata/total")
                        .asInt())
                .isEqualTo((int) signals().stream()
                        .filter(entry -> !entry.publication().published())
                        .count());
    }

    @Test
    void tellsWhatCameBeforeAChangeFromWhatCameAfter() {
        // With the fifth change a strategy was turned off.
        var reply = client.get("/api/v1/signals/stats?around_revision=5&hours=100&symbol=BTCUSDT");
        var sides = new HashMap<String, JsonNode>();
        reply.at("/data").forEach(item -> sides.put(item.get("strategy").asText(), item));

        assertThat(sides.get("ichimoku_cloud_momentum").get("before").asInt()).isPositive();
        assertThat(sides.get("ichimoku_cloud_momentum").get("after").asInt()).isZero();
        assertThat(reply.at("/metadata/total_before").asInt()).isPositive();
        assertThat(reply.at("/metadata/total_after").asInt()).isPositive();
        assertThat(reply.at("/metadata/hours_after").asInt()).isBetween(1, 100);
        assertThat(client.get("/api/v1/signals/stats?around_revision=99").at("/data"))
                .isEmpty();
        assertThat(client.get("/api/v1/signals/stats?around_revision=5&bucket=hour")
                        .status())
                .isEqualTo(422);
        assertThat(client.get("/api/v1/signals/stats?group_by=colour").status()).isEqualTo(422);
    }

    @Test
    void filtersByCandleConfidenceRevisionAndWhatBecameOfThem() {
        var opened = newest().signal().openTime();
        var from =
                java.time.Instant.ofEpochMilli(opened - 10 * TIMEFRAME.longest().toMillis());
        var reply = client.get(
                "/api/v1/signals?limit=500&min_confidence=0.7&max_confidence=0.8&published=true&from=" + from);
        var expected = signals().stream()
                .filter(entry -> entry.publication().published())
                .filter(entry -> entry.signal().openTime() >= from.toEpochMilli())
                .filter(entry ->
                        entry.signal().confidence() >= 0.7 && entry.signal().confidence() <= 0.8)
                .map(entry -> entry.signal().intentId())
                .toList();

        assertThat(reply.at("/data"))
                .extracting(item -> item.get("intent_id").asText())
                .containsExactlyElementsOf(expected);
        assertThat(expected).isNotEmpty();
        assertThat(client.get("/api/v1/signals?limit=500&revision=4").at("/data"))
                .isNotEmpty()
                .allMatch(item -> item.at("/metadata/config_revision").asInt() == 4);
        assertThat(client.get("/api/v1/signals?min_confidence=2").status()).isEqualTo(422);
        assertThat(client.get("/api/v1/signals?published=maybe").status()).isEqualTo(422);
    }

    @Test
    void aFileHasEveryLineOfTheFilter() {
        var all = client.get("/api/v1/signals?format=csv");
        var some = client.get("/api/v1/signals?format=csv&strategy=bear_trap_buy");

        assertThat(all.header("Content-Type").orElse("")).startsWith("text/csv");
        assertThat(all.text().lines()).hasSize(SIGNALS_WANTED + 1);
        assertThat(all.text().lines().findFirst().orElseThrow())
                .startsWith("intent_id,timestamp,open_time,strategy_id");
        assertThat(some.text().lines().skip(1))
                .isNotEmpty()
                .allMatch(line -> line.contains(",bear_trap_buy,BTCUSDT,15m,"));
        assertThat(client.get("/api/v1/signals?format=csv&limit=3").status()).isEqualTo(422);
    }

    private static void assertImpossible(Entry entry, String why) {
        var reply = client.get(SIGNALS + entry.signal().intentId());

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.at("/data/reproduced").isNull()).as(reply.text()).isTrue();
        assertThat(reply.at("/data/why").asText()).isEqualTo(why);
        assertThat(reply.at("/data/recomputed").isNull()).isTrue();
    }

    /** Revisions 4 and on: path and body of a change. */
    private static List<List<String>> steps() {
        var strategy = "/api/v1/strategies/";
        return List.of(
                List.of(
                        CONFIG,
                        "{'enabled_strategies': ['" + String.join("', '", Events.CATALOG.ids())
                                + "'], 'changed_by': 'ops'}"),
                List.of(
                        strategy + "ichimoku_cloud_momentum/config",
                        "{'parameters': {'enabled': false}, 'changed_by': 'ops'}"),
                List.of(
                        strategy + "bear_trap_buy/config/BTCUSDT",
                        "{'parameters': {'base_confidence': 0.71}, 'changed_by': 'ops'}"),
                List.of(CONFIG, "{'rule_set': 'python', 'changed_by': 'ops'}"),
                List.of(CONFIG, "{'min_confidence': 0.7, 'max_positions': 4, 'changed_by': 'ops'}"));
    }

    private static void change(String path, String body) {
        var reply = client.post(path + "?wait=applied&timeout=5s", body);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        var revision = reply.at("/metadata/revision").asLong();
        TestCluster.eventually(
                () -> served.running().view.current().orElseThrow().appliedRevision(), applied -> applied >= revision);
    }

    private static WatchedSymbol watch(Symbol symbol, List<Candle> candles) {
        return new WatchedSymbol(
                served.running(), symbol, TIMEFRAME, WatchedSymbol.history(symbol, TIMEFRAME, candles));
    }

    private static void observe(WatchedSymbol symbol, List<Candle> candles) {
        candles.forEach(symbol::observe);
    }

    private static int observeUntil(WatchedSymbol symbol, int from, int count) {
        var next = from;
        while (count() < count && count() < SIGNALS_WANTED) {
            symbol.observe(CANDLES.get(next++));
        }
        return next;
    }

    private static int count() {
        return signals().size();
    }

    private static List<Entry> signals() {
        return served.running().signals.query(Filter.ANY, null, SIGNALS_WANTED).entries();
    }

    private static Entry newest() {
        return new ArrayList<>(signals())
                .stream()
                        .filter(entry -> entry.signal().symbol().equals(SYMBOL))
                        .findFirst()
                        .orElseThrow();
    }

    private static void knowCandles(UnaryOperator<Candle> as) {
        var walk = WatchedSymbol.history(
                SYMBOL, TIMEFRAME, CANDLES.stream().map(as).toList());
        var trends = WatchedSymbol.history(OTHER, TIMEFRAME, TRENDS);
        served.running().switches.candles = (symbol, timeframe, openTime, count) ->
                (symbol.equals(OTHER) ? trends : walk).before(symbol, timeframe, openTime, count);
    }
}
