package io.tabot.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.backtest.CandleTable;
import io.tabot.backtest.Costs;
import io.tabot.backtest.Replay;
import io.tabot.backtest.Scenario;
import io.tabot.market.Candle;
import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import io.tabot.signal.Rejections;
import io.tabot.signal.SignalEngine;
import io.tabot.strategy.RuleSet;
import io.tabot.testing.Aggregates;
import io.tabot.testing.Configs;
import io.tabot.testing.Events;
import io.tabot.testing.Golden;
import io.tabot.testing.RegimeCandles;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BacktestApiTest {
    private static final String PATH = "/api/v1/backtest";

    /** Candles 350 to 449 of the recorded 650. */
    private static final String RANGE = "'from': '%s', 'to': '%s'".formatted(time(350), time(449));

    private static final String MULTI = "multi_timeframe_trend_continuation";

    private static final String RSI = "'strategy_id': 'rsi_extreme_reversal', 'period': '4h'";

    @RegisterExtension
    static final ServedApi served = new ServedApi(RunningApi::start);

    private static final Client client = served.client();

    @AfterEach
    void restore() {
        served.running().switches.candles = RunningApi::recorded;
    }

    @Test
    void answersWithTheFieldsOfThePythonBotAndTheCriteria() {
        var reply = backtest(RSI + ", " + RANGE);

        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.at("/data").fieldNames())
                .toIterable()
                .startsWith(
                        "strategy_id",
                        "symbol",
                        "period",
                        "range_from",
                        "range_to",
                        "candle_count",
                        "signal_count",
                        "schema_version",
                        "source",
                        "persisted");
        assertThat(reply.at("/data/symbol").asText()).isEqualTo("BTCUSDT");
        assertThat(reply.at("/data/range_from").asText()).isEqualTo(time(350).toString());
        assertThat(reply.at("/data/candle_count").asInt()).isEqualTo(100);
        assertThat(reply.at("/data/schema_version").asText()).isEqualTo("1.3.0");
        assertThat(reply.at("/data/source").asText()).isEqualTo("backtest");
        assertThat(reply.at("/data/signal_count").asInt()).isPositive();
        assertThat(reply.at("/data/criteria/trades").asInt())
                .isBetween(1, reply.at("/data/signal_count").asInt());
        assertThat(reply.at("/data/criteria").fieldNames())
                .toIterable()
                .containsExactly(
                        "trades",
                        "win_rate",
                        "total_return",
                        "max_drawdown",
                        "sharpe_ratio",
                        "profit_factor",
                        "exposure");
        assertThat(reply.at("/metadata/truncated").asBoolean(true)).isFalse();
    }

    @Test
    void storesNothingYetAndSaysSo() {
        var reply = backtest(RSI + ", " + RANGE);
        var declined = backtest(RSI + ", " + RANGE + ", 'persist': false");

        assertThat(reply.at("/data/persisted").asBoolean(true)).isFalse();
        assertThat(reply.at("/metadata/persisted").asBoolean(true)).isFalse();
        assertThat(reply.at("/metadata/requested_persist").asBoolean()).isTrue();
        assertThat(declined.at("/metadata/requested_persist").asBoolean(true)).isFalse();
    }

    @Test
    void parameterOverridesAreInForceInTheRunAndNowhereElse() {
        var revision = client.get("/api/v1/config").at("/metadata/revision");

        var plain = backtest(RSI + ", " + RANGE);
        var strict = backtest(RSI + ", " + RANGE + ", 'parameter_overrides': {'oversold_threshold': 10}");

        assertThat(strict.status()).as(strict.text()).isEqualTo(200);
        assertThat(strict.at("/data/parameters/oversold_threshold").asDouble()).isEqualTo(10);
        assertThat(strict.at("/data/signal_count").asInt())
                .isLessThan(plain.at("/data/signal_count").asInt());
        assertThat(client.get("/api/v1/config").at("/metadata/revision")).isEqualTo(revision);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'oversold_threshold': 500} | parameter_overrides.oversold_threshold | OUT_OF_RANGE",
                "{'oversold_threshold': '9'} | parameter_overrides.oversold_threshold | INVALID_TYPE",
                "{'oversold_treshold': 9}    | parameter_overrides.oversold_treshold  | UNKNOWN_PARAMETER",
                "[9]                         | parameter_overrides                    | INVALID_TYPE",
            })
    void refusesOverridesAsTheConfigurationWould(String overrides, String field, String code) {
        var reply = backtest(RSI + ", " + RANGE + ", 'parameter_overrides': " + overrides);

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.at("/error/details/errors/0/field").asText()).isEqualTo(field);
        assertThat(reply.at("/error/details/errors/0/code").asText()).isEqualTo(code);
    }

    @Test
    void tellsWhatAnOverrideMayBe() {
        var reply = backtest(RSI + ", " + RANGE + ", 'parameter_overrides': {'oversold_threshold': 500}");

        assertThat(reply.at("/error/details/errors/0/allowed").has("max")).isTrue();
        assertThat(reply.at("/error/details/errors/0/suggested_value"))
                .isEqualTo(reply.at("/error/details/errors/0/allowed/max"));
    }

    @Test
    void anUnknownStrategyIsNotFound() {
        var reply = backtest("'strategy_id': 'rsi_extreme_reversl', " + RANGE);

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.at("/error/suggestion").asText()).contains("did you mean rsi_extreme_reversal?");
    }

    @Test
    void collectsAllThatIsWrong() {
        var reply = backtest("'from': 'yesterday', 'period': '7m', 'warmup': 0, 'max_candles': 501, 'symbol': ' ',"
                + " 'persist': 'no', 'fee': 0.5, 'slipage': 0, 'rule_set': 'ours'");

        assertThat(reply.status()).isEqualTo(422);
        assertThat(StreamSupport.stream(reply.at("/error/details/errors").spliterator(), false)
                        .map(error -> error.get("field").asText()))
                .containsExactlyInAnyOrder(
                        "strategy_id",
                        "from",
                        "to",
                        "period",
                        "warmup",
                        "max_candles",
                        "symbol",
                        "persist",
                        "fee",
                        "slipage",
                        "rule_set");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'warmup': 0        | OUT_OF_RANGE | warmup must be a whole number from 1 to 500, got 0",
                "'warmup': -1       | OUT_OF_RANGE | warmup must be a whole number from 1 to 500, got -1",
                "'warmup': 2.5      | INVALID_TYPE | warmup must be a whole number from 1 to 500",
                "'max_candles': 'x' | INVALID_TYPE | max_candles must be a whole number from 1 to 500",
                "'max_candles': 501 | OUT_OF_RANGE | max_candles must be a whole number from 1 to 500, got 501",
            })
    void namesTheRangeOfABoundedNumber(String field, String code, String message) {
        var reply = backtest(RSI + ", " + RANGE + ", " + field);

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.at("/error/details/errors/0/code").asText()).isEqualTo(code);
        assertThat(reply.at("/error/details/errors/0/message").asText()).isEqualTo(message);
        assertThat(reply.at("/error/details/errors/0/allowed/max").asInt()).isEqualTo(500);
    }

    @Test
    void collectsWhatIsWrongWithOverridesToo() {
        var reply = backtest(
                RSI + ", " + RANGE + ", 'warmup': 0, 'symbol': 'btc usdt'," + " 'parameter_overrides': {'enabled': 1}");

        assertThat(StreamSupport.stream(reply.at("/error/details/errors").spliterator(), false)
                        .map(error -> error.get("field").asText()))
                .contains("warmup", "symbol");
    }

    @Test
    void refusesAReversedRange() {
        var reply = backtest(RSI + ", 'from': '2026-02-03T00:00:00Z', 'to': '2026-02-02T00:00:00Z'");

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.at("/error/message").asText()).isEqualTo("to must not be before from");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'symbol': 'btcusdt'", "'symbol': 'BTC'", "'symbol': 'BTCXYZ'"})
    void refusesASymbolThatCannotBeConfigured(String symbol) {
        var reply = backtest(RSI + ", " + RANGE + ", " + symbol);

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.at("/error/details/errors/0/field").asText()).isEqualTo("symbol");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'from': '2024-10-01T00:00:00+00:00', 'to': '2024-10-03T00:00:00Z'",
                "'range_from': '2024-10-01T00:00:00', 'range_to': '2024-10-03'",
                "'from': '2024-10-01', 'to': '2024-10-03T02:00:00.5+02:00'",
            })
    void takesTheTimesOfThePythonBotsClients(String range) {
        var reply = backtest(RSI + ", " + range);

        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.at("/data/range_from").asText()).isEqualTo("2024-10-01T00:00:00Z");
        assertThat(reply.at("/data/candle_count").asInt()).isEqualTo(13);
    }

    @Test
    void refusesATimeGivenTwice() {
        var reply = backtest(RSI + ", " + RANGE + ", 'range_from': '2024-10-01'");

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.at("/error/field").asText()).isEqualTo("range_from");
    }

    @Test
    void takesTheNewestCandlesOfALongRange() {
        var whole = "'from': '%s', 'to': '%s'".formatted(time(300), time(449));

        var reply = backtest(RSI + ", " + whole + ", 'max_candles': 100");
        var same = backtest(RSI + ", " + RANGE);

        assertThat(reply.at("/metadata/truncated").asBoolean()).isTrue();
        assertThat(reply.at("/data/candle_count").asInt()).isEqualTo(100);
        assertThat(reply.at("/data/signal_count")).isEqualTo(same.at("/data/signal_count"));
    }

    @Test
    void decidesNothingBeforeTheWarmUp() {
        var first = "'from': '%s', 'to': '%s'".formatted(time(0), time(199));

        var tooFew = backtest(RSI + ", " + first + ", 'warmup': 201");
        assertThat(tooFew.at("/data/signal_count").asInt()).isZero();
        assertThat(tooFew.at("/data/warnings/0").asText())
                .isEqualTo("nothing was decided: 200 candles are known up to the end of the range,"
                        + " and the warmup asks for 201");
        assertThat(backtest(RSI + ", " + first + ", 'warmup': 20")
                        .at("/data/signal_count")
                        .asInt())
                .isPositive();
    }

    @Test
    void withoutCandlesThereIsNothingToTell() {
        var reply = backtest("'strategy_id': 'momentum_pulse', " + RANGE);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.at("/data/period").asText()).isEqualTo("15m");
        assertThat(reply.at("/data/candle_count").asInt()).isZero();
        assertThat(reply.at("/data/criteria").isNull()).isTrue();
    }

    /** The newest candles of the series itself would not make enough higher ones. */
    @Test
    void readsTheHigherTimeframesThatAStrategyLooksAt() {
        var base = Timeframe.FIFTEEN_MINUTES;
        var candles = RegimeCandles.of(4, base, 0.004, 4900);
        var expected = decisions(candles);
        served.running().switches.candles = (symbol, timeframe, openTime, count) -> newest(
                timeframe == base ? candles : Aggregates.of(candles, base, timeframe),
                openTime,
                timeframe == base ? Math.min(count, 850) : count);

        var signals = 0;
        for (var first = 2900; first < 4900; first += 500) {
            var reply = backtest("'strategy_id': '%s', 'rule_set': 'corrected', 'from': '%s', 'to': '%s'"
                    .formatted(
                            MULTI,
                            Instant.ofEpochMilli(candles.get(first).openTime()),
                            Instant.ofEpochMilli(candles.get(first + 499).openTime())));
            assertThat(reply.at("/data/candle_count").asInt()).isEqualTo(500);
            assertThat(reply.at("/data/warnings")).isEmpty();
            signals += reply.at("/data/signal_count").asInt();
        }

        assertThat(signals).isEqualTo(expected).isPositive();
    }

    @Test
    void saysThatNothingIsKnownOfAHigherTimeframe() {
        var base = Timeframe.FIFTEEN_MINUTES;
        var candles = RegimeCandles.of(4, base, 0.004, 500);
        served.running().switches.candles = (symbol, timeframe, openTime, count) ->
                newest(timeframe == base ? candles : List.of(), openTime, count);

        var reply = backtest("'strategy_id': '%s', 'rule_set': 'corrected', 'from': '2020-01-01', 'to': '2030-01-01'"
                .formatted(MULTI));

        assertThat(reply.at("/data/signal_count").asInt()).isZero();
        assertThat(reply.at("/data/warnings")).hasSize(2);
        assertThat(reply.at("/data/warnings/0").asText()).startsWith("no candles of 1h are known");
    }

    /** On all of them, which are enough to make the higher ones of. */
    private static int decisions(List<Candle> candles) {
        var strategy = Events.CATALOG.find(MULTI).orElseThrow();
        var scenario = Scenario.of(
                new Symbol("BTCUSDT"),
                Timeframe.FIFTEEN_MINUTES,
                Configs.of(RuleSet.CORRECTED, List.of(Configs.active(strategy))),
                new Costs(0, 0));
        return new Replay(new SignalEngine("test"), scenario, CandleTable.of(candles), Rejections.IGNORED)
                .run(_ -> {})
                .getFirst()
                .decisions();
    }

    private static CompletionStage<List<Candle>> newest(List<Candle> candles, long openTime, int count) {
        var before =
                candles.stream().filter(candle -> candle.openTime() < openTime).toList();
        return CompletableFuture.completedStage(before.subList(Math.max(0, before.size() - count), before.size()));
    }

    @Test
    void saysSoWhenTheCandlesCannotBeRead() {
        served.running().switches.candles = (symbol, timeframe, openTime, count) ->
                CompletableFuture.failedStage(new IllegalStateException("secret"));

        var reply = backtest(RSI + ", " + RANGE);

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.text()).doesNotContain("secret");
    }

    @Test
    void refusesOneMoreThanMayRunAtATime() {
        var hold = served.running().switches.holdCandles();
        var first = CompletableFuture.supplyAsync(() -> backtest(RSI + ", " + RANGE));
        hold.asked().join();

        var refused = backtest(RSI + ", " + RANGE);
        hold.candles().complete(List.of());

        assertThat(refused.header("Retry-After")).contains("1");
        assertThat(refused.at("/error/code").asText()).isEqualTo("TOO_MANY_REQUESTS");
        assertThat(first.join().status()).isEqualTo(200);
        assertThat(backtest(RSI + ", " + RANGE).status()).isEqualTo(200);
    }

    @Test
    void isGuardedLikeAChange() {
        var foreign = client.send(
                "POST", PATH, "{}", "Content-Type", "application/json", "Origin", "http://elsewhere.example");

        assertThat(foreign.status()).isEqualTo(403);
        assertThat(client.send("POST", PATH, "{}", "Content-Type", "text/plain").status())
                .isEqualTo(415);
        assertThat(client.get(PATH).status()).isEqualTo(405);
    }

    private static Client.Reply backtest(String fields) {
        return client.post(PATH, "{" + fields + "}");
    }

    /** When a recorded candle opened. */
    private static Instant time(int candle) {
        return Instant.ofEpochMilli(Golden.candles("cb_btc_4h_2024").openTime()[candle]);
    }
}
