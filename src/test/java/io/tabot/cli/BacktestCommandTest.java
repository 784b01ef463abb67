package io.tabot.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tabot.strategy.StrategyCatalog;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BacktestCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    @Test
    void printsALineForEachStrategyAndOneForAll() throws IOException {
        var result = backtest(Cli.golden(folder, "cb_btc_4h_2024"), "--fee", "0.001");

        assertThat(result.exitCode()).isZero();
        assertThat(result.lines().getFirst())
                .matches("strategy +signals +trades +win rate +return +drawdown +Sharpe +profit factor +exposure");
        assertThat(result.lines().stream().skip(1).map(line -> line.split(" ")[0]))
                .containsExactlyElementsOf(Stream.concat(StrategyCatalog.standard().ids().stream(), Stream.of("total"))
                        .toList());
        assertThat(result.lines())
                .extracting(String::length)
                .containsOnly(result.lines().getFirst().length());
        assertThat(result.err())
                .matches("ta-bot: 650 candles replayed at [\\d,]+ candles/s of CPU;"
                        + " [\\d.]+ s with reading and reports\n");
    }

    @Test
    void writesWhatItPrintsWithEveryTrade() throws IOException {
        var file = Cli.golden(folder, "cb_btc_4h_2024");

        var result = backtest(file, "--out", folder.resolve("a/b"), "--fee", "0.001", "--slippage", "0.0002");

        var report = JSON.readTree(folder.resolve("a/b/backtest.json").toFile());
        assertThat(report.get("candle_count").asInt()).isEqualTo(650);
        assertThat(report.get("fee").asDouble()).isEqualTo(0.001);
        assertThat(report.get("slippage").asDouble()).isEqualTo(0.0002);
        var trades = 0;
        for (var strategy : report.get("strategies")) {
            var listed = strategy.get("trades").size();
            assertThat(strategy.at("/criteria/trades").asInt()).isEqualTo(listed);
            assertThat(line(result, strategy.get("strategy_id").asText()).split(" +")[2])
                    .isEqualTo(String.valueOf(listed));
            trades += listed;
        }
        assertThat(trades)
                .isPositive()
                .isEqualTo(report.at("/total/criteria/trades").asInt());
        assertThat(Files.readString(folder.resolve("a/b/backtest.html"))).startsWith("<!doctype html>");
    }

    @Test
    void theSameInputGivesTheSameBytes() throws IOException {
        var file = Cli.golden(folder, "cb_btc_4h_2020");

        backtest(file, "--out", folder.resolve("first"));
        backtest(file, "--out", folder.resolve("second"), "--progress");

        for (var name : List.of("backtest.json", "backtest.html")) {
            assertThat(folder.resolve("first").resolve(name))
                    .hasSameBinaryContentAs(folder.resolve("second").resolve(name));
        }
    }

    @Test
    void costsTakeFromEveryTrade() throws IOException {
        var file = Cli.golden(folder, "cb_btc_4h_2024");

        backtest(file, "--out", folder.resolve("free"), "--strategies", "rsi_extreme_reversal");
        backtest(file, "--out", folder.resolve("dear"), "--strategies", "rsi_extreme_reversal", "--fee", "0.001");

        var free = returns(folder.resolve("free"));
        var dear = returns(folder.resolve("dear"));
        assertThat(free).hasSameSizeAs(dear).isNotEmpty();
        for (var i = 0; i < free.size(); i++) {
            assertThat(dear.get(i)).isBetween(free.get(i) - 0.003, free.get(i) - 0.0015);
        }
    }

    @Test
    void runsUnderTheConfigurationGiven() throws IOException {
        var config = Files.writeString(folder.resolve("config.json"), """
                {"application": {"enabled_strategies": ["golden_trend_sync"], "min_confidence": 0.9}}""");

        var all = backtest(Cli.golden(folder, "cb_btc_4h_2024"), "--strategies", "golden_trend_sync");
        var few = backtest(Cli.golden(folder, "cb_btc_4h_2024"), "--config", config, "--rule-set", "corrected");

        assertThat(few.lines()).hasSize(3);
        assertThat(signals(few)).isLessThan(signals(all));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--fee      | 0.5     | ta-bot: --fee 0.5 is not a share from 0 to 0.1, e.g. 0.001 for 0.1 %",
                "--slippage | -1      | ta-bot: --slippage -1.0 is not a share from 0 to 0.1, e.g. 0.001 for 0.1 %",
                "--fee      | NaN     | ta-bot: --fee NaN is not a share from 0 to 0.1, e.g. 0.001 for 0.1 %",
                "--fee      | 0.1%    | ta-bot: Invalid value for option '--fee': '0.1%' is not a double",
            })
    void refusesCostsThatAreNone(String option, String value, String message) throws IOException {
        var result = backtest(Cli.csv(folder, "1,1,2,1,1,1"), option, value);

        assertThat(result).isEqualTo(new Cli(2, "", message + "\nTry 'ta-bot backtest --help'.\n"));
    }

    @Test
    void refusesAFileWithoutCandles() throws IOException {
        var file = Cli.csv(folder);

        assertThat(backtest(file))
                .isEqualTo(new Cli(1, "", "ta-bot: " + file + ": there are no candles, only the header\n"));
    }

    @Test
    void refusesABadRowWithItsLine() throws IOException {
        var file = Cli.csv(folder, "1,1,2,1,1,1", "1,1,2,1,1,1");

        assertThat(backtest(file))
                .isEqualTo(new Cli(1, "", "ta-bot: " + file + ":3: timestamp 1 does not come after 1\n"));
    }

    @Test
    void saysWhyTheFolderCannotBeWrittenBeforeItReadsACandle() throws IOException {
        var file = Files.writeString(folder.resolve("taken"), "");
        var used = Files.createDirectories(folder.resolve("used"));
        Files.createDirectories(used.resolve("backtest.json"));

        assertRefused(file, file + " is a file");
        assertRefused(file.resolve("below"), file + " is a file");
        assertRefused(file.resolve("far/below"), file + " is a file");
        assertRefused(used, used.resolve("backtest.json") + " is a folder");
    }

    private void assertRefused(Path out, String reason) {
        assertThat(backtest(folder.resolve("no-such.csv"), "--out", out))
                .isEqualTo(new Cli(1, "", "ta-bot: --out " + out + " can't be written: " + reason + "\n"));
    }

    @Test
    void saysThatItHasNoPermissionToWriteTheFolder() throws IOException {
        var closed = Files.createDirectories(folder.resolve("closed"));
        assumeTrue(closed.toFile().setWritable(false) && !Files.isWritable(closed), "root may write everywhere");

        assertRefused(closed, closed + ": permission denied");
    }

    @Test
    void refusesASymbolThatTheApiWouldRefuse() throws IOException {
        for (var symbol : List.of("btcusdt", "BTC", "BTC USD", "BTC-USD", "BTCUSD\n", "A".repeat(21), "")) {
            var result = Cli.run("backtest", "--candles", Cli.csv(folder), "--symbol", symbol, "--timeframe", "4h");

            assertThat(result.exitCode()).as(symbol).isEqualTo(2);
            assertThat(result.err()).contains("is not 4 to 20 upper-case letters and digits, e.g. BTCUSDT");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"backtest", "signals"})
    void warnsOnceWhenTheCandlesAreNotOfTheTimeframe(String command) throws IOException {
        var file = Cli.golden(folder, "cb_btc_4h_2024");

        var wrong = Cli.run(command, "--candles", file, "--symbol", "GSPC", "--timeframe", "15m");
        var right = Cli.run(command, "--candles", file, "--symbol", "GSPC", "--timeframe", "4h");

        assertThat(wrong.exitCode()).isZero();
        assertThat(wrong.err())
                .containsOnlyOnce(
                        "ta-bot: warning: --timeframe is 15m, but the candles of " + file + " are mostly 4h apart\n");
        assertThat(right.err()).doesNotContain("warning");
    }

    @Test
    void takesOneCandle() throws IOException {
        var result = backtest(Cli.csv(folder, "1,1,2,1,1,1"), "--out", folder);

        assertThat(result.exitCode()).isZero();
        assertThat(line(result, "total")).matches("total +0 +0 +- +\\+0.0 % +0.0 % +- +- +0.0 %");
    }

    @Test
    void theProgressBarTellsHowFarAndHowLongStillAndGoes() {
        var terminal = new StringWriter();
        var nanos = new AtomicLong();
        try (var bar = new ProgressBar(new PrintWriter(terminal), 4_000, nanos::get)) {
            nanos.set(Duration.ofSeconds(50).toNanos());
            bar.accept(1_000);
            nanos.addAndGet(Duration.ofMillis(99).toNanos());
            bar.accept(2_000);
        }

        assertThat(terminal)
                .hasToString(
                        "\r\033[K[#######.......................]  25 %  1,000 of 4,000 candles  2:30 left\r\033[K");
    }

    @Test
    void aShortRunShowsNoProgressBar() {
        var terminal = new StringWriter();
        try (var bar = new ProgressBar(new PrintWriter(terminal), 10, () -> 0)) {
            bar.accept(0);
            bar.accept(10);
        }

        assertThat(terminal).hasToString("");
    }

    private static Cli backtest(Path file, Object... more) {
        var arguments = new ArrayList<Object>(
                List.of("backtest", "--candles", file, "--symbol", "BTCUSD", "--timeframe", "4h"));
        arguments.addAll(List.of(more));
        return Cli.run(arguments.toArray());
    }

    private static String line(Cli result, String name) {
        return result.lines().stream()
                .filter(line -> line.startsWith(name + " "))
                .findFirst()
                .orElseThrow();
    }

    private static int signals(Cli result) {
        return Integer.parseInt(line(result, "golden_trend_sync").split(" +")[1]);
    }

    private static List<Double> returns(Path folder) throws IOException {
        JsonNode trades =
                JSON.readTree(folder.resolve("backtest.json").toFile()).at("/strategies/0/trades");
        return StreamSupport.stream(trades.spliterator(), false)
                .map(trade -> trade.get("return").asDouble())
                .toList();
    }
}
