package io.tabot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tabot.config.ConfigState;
import io.tabot.testing.CandleTraffic;
import io.tabot.testing.CandleTraffic.Series;
import io.tabot.testing.CandleTraffic.Stored;
import io.tabot.testing.NatsServer;
import io.tabot.testing.ServiceProcess;
import io.tabot.testing.SignalOracle;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Parameters are changed over HTTP, layer by layer, between candles over NATS, on a real service and a real
 * nats-server. Every signal of every candle is what the engine says under the layers that were set before it.
 */
class ParametersEndToEndIT {
    private static final String RSI = "rsi_extreme_reversal";
    private static final String PATH = "/api/v1/strategies/" + RSI + "/config";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int WARM = 260;
    private static final int ROWS = 50;

    /**
     * A change, and the symbols whose signals have to change with it.
     *
     * @param ask brings it to the service
     * @param state what the rules make of it
     */
    private record Step(
            String name,
            Set<String> affected,
            Function<ServiceProcess, ServiceProcess.Reply> ask,
            UnaryOperator<ConfigState> state) {}

    /** What a signal says to its consumers, without the configuration that it was decided under. */
    private record Said(String series, String strategy, String time, String action, double confidence, double stop) {
        static Said of(JsonNode signal) {
            return new Said(
                    signal.path("symbol").asText() + " "
                            + signal.path("timeframe").asText(),
                    signal.path("strategy_id").asText(),
                    signal.path("metadata").path("open_time").asText(),
                    signal.path("action").asText(),
                    signal.path("confidence").asDouble(),
                    signal.path("stop_loss").asDouble());
        }
    }

    @TempDir
    Path home;

    @Test
    void aChangeOfAnyLayerDecidesTheNextCandleOfTheSymbolsItIsAbout() {
        var steps = steps();
        try (var server = NatsServer.running();
                var service = ServiceProcess.ready(home, CandleTraffic.settings(server));
                var traffic = new CandleTraffic(server)) {
            traffic.awaitService();
            traffic.publish(0, WARM);
            traffic.awaitAllDealtWith();
            var state = SignalOracle.first(CandleTraffic.ENVIRONMENT, CandleTraffic.SYMBOLS, CandleTraffic.TIMEFRAMES);
            var expected = new ArrayList<>(CandleTraffic.expected(0, WARM, state));
            var from = WARM;
            for (var step : steps) {
                var next = step.state().apply(state);
                apply(service, step, next.revision());
                traffic.publish(from, from + ROWS);
                traffic.awaitAllDealtWith();
                checkEffect(step, from, state, next);
                expected.addAll(CandleTraffic.expected(from, from + ROWS, next));
                state = next;
                from += ROWS;
            }

            var signals = traffic.signals();
            assertThat(signals).extracting(Stored::id).doesNotHaveDuplicates();
            assertThat(signals).extracting(Stored::signal).containsExactlyInAnyOrderElementsOf(expected);
            checkSilence(signals, WARM + 2 * ROWS, Set.of("BTCUSDT", "ETHUSDT"));
            checkSilence(signals, WARM + 3 * ROWS, Set.of("ETHUSDT"));
            System.out.printf(
                    "ParametersEndToEndIT: %d signals, of which %d by %s, under %d configurations%n",
                    signals.size(),
                    signals.stream().filter(ParametersEndToEndIT::isOurs).count(),
                    RSI,
                    1 + steps.size());
        }
    }

    private static List<Step> steps() {
        return List.of(
                set("looser on every symbol", null, Map.of("oversold_threshold", 40.0), Set.of("BTCUSDT", "ETHUSDT")),
                set("other stops on one symbol", "BTCUSDT", Map.of("stop_loss_distance", 0.2), Set.of("BTCUSDT")),
                set("silent on every symbol", null, Map.of("enabled", false), Set.of("BTCUSDT", "ETHUSDT")),
                set("but not on one", "BTCUSDT", Map.of("enabled", true), Set.of("BTCUSDT")),
                removed("as on every symbol again", "BTCUSDT", Set.of("BTCUSDT")),
                removed("the defaults again", null, Set.of("BTCUSDT", "ETHUSDT")));
    }

    private static Step set(String name, @Nullable String symbol, Map<String, ?> parameters, Set<String> affected) {
        return new Step(
                name,
                affected,
                service -> post(service, symbol, parameters),
                state -> SignalOracle.after(state, RSI, symbol, parameters));
    }

    private static Step removed(String name, @Nullable String symbol, Set<String> affected) {
        return new Step(
                name,
                affected,
                service -> service.delete(path(symbol) + "?changed_by=tester"),
                state -> SignalOracle.without(state, RSI, symbol));
    }

    private static ServiceProcess.Reply post(
            ServiceProcess service, @Nullable String symbol, Map<String, ?> parameters) {
        try {
            return service.post(path(symbol), Map.of("parameters", parameters, "changed_by", "tester"), Map.of());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String path(@Nullable String symbol) {
        return symbol == null ? PATH : PATH + "/" + symbol;
    }

    /** Asks for the change, and waits until every symbol uses it. */
    private static void apply(ServiceProcess service, Step step, long revision) {
        var answer = step.ask().apply(service);
        assertThat(answer.status()).as(step.name() + ": " + answer.text()).isEqualTo(200);
        assertThat(answer.metadata().path("revision").asLong()).isEqualTo(revision);
        await(step.name())
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> service.metric("ta_bot_config_applied_revision", "") >= revision);
    }

    /** The step shows in what is said on its symbols and nowhere else: or the test would prove nothing. */
    private static void checkEffect(Step step, int from, ConfigState before, ConfigState after) {
        for (var symbol : CandleTraffic.SYMBOLS) {
            var said = said(symbol, from, after);
            if (step.affected().contains(symbol)) {
                assertThat(said).as("%s, on %s", step.name(), symbol).isNotEqualTo(said(symbol, from, before));
            } else {
                assertThat(said).as("%s, on %s", step.name(), symbol).isEqualTo(said(symbol, from, before));
            }
        }
    }

    private static Set<Said> said(String symbol, int from, ConfigState state) {
        var oracle = new SignalOracle(CandleTraffic.ENVIRONMENT);
        return CandleTraffic.SERIES.stream()
                .filter(series -> series.symbol().equals(symbol))
                .flatMap(series -> said(oracle, series, from, state).stream())
                .collect(Collectors.toSet());
    }

    private static List<Said> said(SignalOracle oracle, Series series, int from, ConfigState state) {
        return IntStream.range(from, from + ROWS)
                .boxed()
                .flatMap(row -> series.expected(oracle, row, state).stream())
                .map(Said::of)
                .toList();
    }

    private static void checkSilence(List<Stored> signals, int from, Set<String> symbols) {
        assertThat(signals)
                .filteredOn(ParametersEndToEndIT::isOurs)
                .filteredOn(
                        signal -> symbols.contains(signal.json().path("symbol").asText()))
                .filteredOn(signal -> CandleTraffic.Row.of(signal).row() >= from)
                .filteredOn(signal -> CandleTraffic.Row.of(signal).row() < from + ROWS)
                .isEmpty();
    }

    private static boolean isOurs(Stored signal) {
        return signal.json().path("strategy_id").asText().equals(RSI);
    }
}
