package io.tabot.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tabot.strategy.StrategyCatalog;
import io.tabot.testing.Golden;
import io.tabot.testing.Rounds;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignalsCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> KNOWN = StrategyCatalog.standard().ids();

    @TempDir
    private Path folder;

    @Tag("long")
    @Test
    void printsWhatWasRecordedOfEveryStrategy() throws IOException {
        var fired = new HashSet<String>();
        for (var series : List.of("cb_btc_4h_2020", "syn_eth_15m_s103", "hand_surge_down_p", "bn_eth_5m_a")) {
            compareSeries(series, fired);
        }

        assertThat(fired).doesNotContainAnyElementsOf(Golden.NEVER_FIRED);
        fired.addAll(Golden.NEVER_FIRED);
        assertThat(fired).containsAll(KNOWN);
    }

    @Test
    void withoutWindowPrintsWhatALiveServiceSees() throws IOException {
        var file = Cli.golden(folder, "cb_btc_4h_2024");

        var live = signals(file).lines();

        assertThat(live).hasSize(650).isEqualTo(signals(file, "--window", "250").lines());
        assertThat(live.get(249)).startsWith("{\"end_index\":249,\"window\":250,\"signals\":[");
        assertThat(live.get(649)).startsWith("{\"end_index\":649,\"window\":250,");
    }

    @Test
    void printsALineForEachLengthInTheOrderGiven() throws IOException {
        var file = Cli.csv(folder, "1,1,2,1,1,1", "2,1,2,1,1,1", "3,1,2,1,1,1");

        assertThat(signals(file, "--window", "2,1000,1").lines())
                .containsExactly(
                        "{\"end_index\":0,\"window\":1,\"signals\":[]}",
                        "{\"end_index\":0,\"window\":1,\"signals\":[]}",
                        "{\"end_index\":0,\"window\":1,\"signals\":[]}",
                        "{\"end_index\":1,\"window\":2,\"signals\":[]}",
                        "{\"end_index\":1,\"window\":2,\"signals\":[]}",
                        "{\"end_index\":1,\"window\":1,\"signals\":[]}",
                        "{\"end_index\":2,\"window\":2,\"signals\":[]}",
                        "{\"end_index\":2,\"window\":3,\"signals\":[]}",
                        "{\"end_index\":2,\"window\":1,\"signals\":[]}");
    }

    @Test
    void leavesOutTheTimestampAndKeepsAllElse() throws IOException {
        var signal = firstSignal(signals(Cli.golden(folder, "cb_btc_4h_2024")));

        assertThat(signal.has("timestamp")).isFalse();
        assertThat(signal.get("intent_id").asText()).hasSize(32);
        assertThat(signal.get("signal_id")).isEqualTo(signal.get("intent_id"));
        assertThat(signal.get("metadata").get("rule_set").asText()).isEqualTo("python");
        assertThat(signal.get("metadata").get("limits").get("max_positions").asInt())
                .isEqualTo(10);
    }

    @Test
    void theEnvironmentIsPartOfTheIntentId() throws IOException {
        var file = Cli.golden(folder, "cb_btc_4h_2024");

        var production = firstSignal(signals(file));
        var staging = firstSignal(Cli.run(
                Map.of("TABOT_ENVIRONMENT", "staging"),
                "signals",
                "--candles",
                file,
                "--symbol",
                "BTCUSD",
                "--timeframe",
                "4h"));

        assertThat(staging.get("intent_id")).isNotEqualTo(production.get("intent_id"));
        assertThat(staging.get("price")).isEqualTo(production.get("price"));
    }

    @Test
    void runsTheStrategiesNamedUnderTheRuleSetNamed() throws IOException {
        var file = Cli.golden(folder, "cb_btc_4h_2024");

        var lines = signals(file, "--strategies", "golden_trend_sync,rsi_extreme_reversal", "--rule-set", "corrected")
                .lines();

        var signals =
                lines.stream().flatMap(line -> signalsOf(read(line)).stream()).toList();
        assertThat(signals)
                .extracting(SignalsCommandTest::strategyId)
                .containsOnly("golden_trend_sync", "rsi_extreme_reversal");
        assertThat(signals)
                .allMatch(signal ->
                        signal.get("metadata").get("rule_set").asText().equals("corrected"));
    }

    @Test
    void runsUnderTheConfigurationOfAFile() throws IOException {
        var file = Cli.golden(folder, "cb_btc_4h_2024");
        var config = config("""
                {"application": {"enabled_strategies": ["momentum_pulse", "rsi_extreme_reversal"],
                                 "min_confidence": 0.7, "max_confidence": 0.95, "rule_set": "corrected"},
                 "strategies": {"rsi_extreme_reversal": {"parameters": {"enabled": false},
                                                         "symbols": {"BTCUSDT": {"enabled": true}}}}}
                """);

        var silenced = signals(file, "--config", config, "--strategies", "rsi_extreme_reversal");
        var enabled =
                Cli.run("signals", "--candles", file, "--symbol", "BTCUSDT", "--timeframe", "4h", "--config", config);
        var overridden = Cli.run(
                "signals",
                "--candles",
                file,
                "--symbol",
                "BTCUSDT",
                "--timeframe",
                "4h",
                "--config",
                config,
                "--rule-set",
                "python");

        assertThat(silenced.lines()).hasSize(650).allMatch(line -> line.endsWith("\"signals\":[]}"));
        assertThat(firstSignal(enabled).get("confidence").asDouble()).isBetween(0.7, 0.95);
        assertThat(firstSignal(enabled).get("metadata").get("rule_set").asText())
                .isEqualTo("corrected");
        assertThat(firstSignal(overridden).get("metadata").get("rule_set").asText())
                .isEqualTo("python");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ | config.json: the text ends too early at line 1, column 2",
                "{\"aplication\": {}} | did you mean application?",
                "{\"application\": {\"min_confidence\": 2}} | min_confidence",
                "{\"strategies\": {\"rsi_extreme_reversl\": {}}} | did you mean rsi_extreme_reversal?",
                "{\"strategies\": {\"momentum_pulse\": {\"parameters\": {\"speed\": 1}}}} | speed"
            })
    void refusesABadConfigurationInOneLine(String json, String message) throws IOException {
        var result = signals(Cli.csv(folder), "--config", config(json));

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains(message).hasLineCount(1);
    }

    @Test
    void refusesAnUnknownStrategy() throws IOException {
        var result = signals(Cli.csv(folder), "--strategies", "momentum_puls");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("momentum_puls", "momentum_pulse").hasLineCount(1);
    }

    @Test
    void refusesABadRowWithItsLineAfterPrintingTheOnesBefore() throws IOException {
        var file = Cli.csv(folder, "1,1,2,1,1,1", "2,1,2,1,1,1", "2,1,2,1,1,1", "4,1,2,1,1,1");

        var result = signals(file);

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.lines()).hasSize(2);
        assertThat(result.err()).isEqualTo("ta-bot: " + file + ":4: timestamp 2 does not come after 2\n");
    }

    @Test
    void refusesAnotherHeader() throws IOException {
        var file = Files.writeString(folder.resolve("other.csv"), "time,price\n");

        assertThat(signals(file))
                .isEqualTo(new Cli(
                        1, "", "ta-bot: " + file + ":1: the header has to be timestamp,open,high,low,close,volume\n"));
        assertThat(signals(Files.createFile(folder.resolve("empty.csv"))).err()).contains("empty.csv:1: the header");
    }

    @Test
    void aFileOfAHeaderHasNoCandles() throws IOException {
        var file = Files.writeString(folder.resolve("header.csv"), "timestamp,open,high,low,close,volume\r\n");

        var told = new Cli(0, "", "ta-bot: " + file + ": there were no candles, only the header\n");
        assertThat(signals(file)).isEqualTo(told);
        assertThat(Cli.run("indicators", "--candles", file)).isEqualTo(told);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "  \n", " "})
    void aBlankLastLineIsNoRow(String last) throws IOException {
        var file = Cli.csv(folder, "1,1,2,1,1,1", "2,1,2,1,1,1");
        Files.writeString(file, last, StandardOpenOption.APPEND);

        var result = signals(file);

        assertThat(result.lines()).hasSize(2);
        assertThat(result).isEqualTo(new Cli(0, result.out(), ""));
    }

    @Test
    void refusesABlankLineBetweenRows() throws IOException {
        var file = Cli.csv(folder, "1,1,2,1,1,1", "", "2,1,2,1,1,1");

        var result = signals(file);

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.lines()).hasSize(1);
        assertThat(result.err()).isEqualTo("ta-bot: " + file + ":3: a row has 6 columns, this one 1\n");
    }

    @Test
    void refusesALengthGivenTwice() throws IOException {
        var file = Cli.csv(folder, "1,1,2,1,1,1");

        var inOne = signals(file, "--window", "20,50,20");
        var inTwo = signals(file, "--window", "20", "--window", "20");

        assertThat(inOne).isEqualTo(inTwo).isEqualTo(new Cli(2, "", """
                        ta-bot: --window has 20 more than once
                        Try 'ta-bot signals --help'.
                        """));
    }

    @Test
    void walksALongFileWithoutKeepingIt() throws IOException {
        var rows = Rounds.of(200_000);
        var file = folder.resolve("long.csv");
        try (var writer = Files.newBufferedWriter(file)) {
            writer.write("timestamp,open,high,low,close,volume\n");
            for (var i = 0; i < rows; i++) {
                var price = 100 + 10 * Math.sin(i / 40.0) + i % 7;
                writer.write(60_000L * i + "," + price + "," + (price + 2) + "," + (price - 1) + "," + (price + 1) + ","
                        + (i % 11) + "\n");
            }
        }
        var lines = new LineCounter();

        var result = Cli.run(
                Map.of(),
                lines,
                "signals",
                "--candles",
                file,
                "--symbol",
                "BTCUSDT",
                "--timeframe",
                "1m",
                "--window",
                "30");

        assertThat(result).isEqualTo(new Cli(0, "", ""));
        assertThat(lines.count).isEqualTo(rows);
    }

    private void compareSeries(String series, Set<String> fired) throws IOException {
        var recorded = Golden.signalLines(series).toList();
        var first = recorded.getFirst();
        var lengths = recorded.stream()
                .map(line -> line.get("window").asText())
                .distinct()
                .collect(Collectors.joining(","));
        var result = Cli.run(
                "signals",
                "--candles",
                Cli.golden(folder, series),
                "--symbol",
                first.get("symbol").asText(),
                "--timeframe",
                first.get("timeframe").asText(),
                "--window",
                lengths);
        assertThat(result.err()).isEmpty();
        var printed = result.lines().stream()
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.indexOf(",\"signals\"")), line -> line, (a, b) -> a));
        for (var line : recorded) {
            var expected = signalsOf(line).stream()
                    .filter(signal -> KNOWN.contains(strategyId(signal)))
                    .toList();
            compare(series + " " + place(line), expected, signalsOf(read(printed.get(place(line)))));
            expected.forEach(signal -> fired.add(strategyId(signal)));
        }
    }

    private static void compare(String what, List<JsonNode> expected, List<JsonNode> actual) {
        assertThat(actual.stream().map(SignalsCommandTest::strategyId))
                .as(what)
                .containsExactlyElementsOf(
                        expected.stream().map(SignalsCommandTest::strategyId).toList());
        for (var i = 0; i < expected.size(); i++) {
            for (var name : List.of("action", "symbol", "timeframe", "strength", "order_type")) {
                assertThat(actual.get(i).get(name))
                        .as(what)
                        .isEqualTo(expected.get(i).get(name));
            }
            for (var name : List.of("confidence", "price", "current_price", "stop_loss", "take_profit")) {
                var value = expected.get(i).get(name).asDouble();
                assertThat(actual.get(i).get(name).asDouble())
                        .as(what + " " + name)
                        .isEqualTo(value, within(1e-9 * Math.abs(value) + 1e-12));
            }
        }
    }

    private static String place(JsonNode line) {
        return "{\"end_index\":" + line.get("end_index") + ",\"window\":" + line.get("window");
    }

    private static String strategyId(JsonNode signal) {
        return signal.get("strategy_id").asText();
    }

    private static List<JsonNode> signalsOf(JsonNode line) {
        return StreamSupport.stream(line.get("signals").spliterator(), false).toList();
    }

    private static JsonNode firstSignal(Cli result) {
        assertThat(result.err()).isEmpty();
        var signals = new ArrayList<JsonNode>();
        result.lines().forEach(line -> signals.addAll(signalsOf(read(line))));
        return signals.getFirst();
    }

    private static Cli signals(Path file, Object... more) {
        var arguments =
                new ArrayList<Object>(List.of("signals", "--candles", file, "--symbol", "BTCUSD", "--timeframe", "4h"));
        arguments.addAll(List.of(more));
        return Cli.run(arguments.toArray());
    }

    private Path config(String json) throws IOException {
        return Files.writeString(folder.resolve("config.json"), json);
    }

    private static JsonNode read(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class LineCounter extends OutputStream {
        private int count;

        @Override
        public void write(int b) {
            count += b == '\n' ? 1 : 0;
        }
    }
}
