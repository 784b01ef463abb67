package io.tabot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaBotTest {
    @Test
    void saysWhatCommandsThereAre() {
        var help = Cli.run("--help");

        assertThat(help.exitCode()).isZero();
        assertThat(help.err()).isEmpty();
        assertThat(help.out()).contains("Usage: ta-bot", "run", "signals", "indicators");
    }

    @ParameterizedTest
    @ValueSource(strings = {"signals", "indicators"})
    void everyCommandHasHelp(String command) {
        var help = Cli.run(command, "--help");

        assertThat(help.exitCode()).isZero();
        assertThat(help.out()).contains("Usage: ta-bot " + command, "--candles", "--window");
    }

    @Test
    void theServiceHasHelp() {
        assertThat(Cli.run("run", "--help").out()).contains("Usage: ta-bot run", "--config-file", "application.conf");
    }

    @Test
    void knowsItsVersion() {
        assertThat(Cli.run("--version").out()).startsWith("ta-bot ");
        assertThat(Cli.run("signals", "--version").out()).startsWith("ta-bot ");
    }

    @Test
    void wrongUsageEndsWithTwoAndAHint() {
        assertUsage("Which command?");
        assertUsage("Did you mean: ta-bot signals", "signal");
        assertUsage("Unknown option: '--colour'", "indicators", "--candles", "x.csv", "--colour");
        assertUsage("'--candles=FILE.csv'", "indicators");
        assertUsage("'0' is not a whole number from 1 to 1000", "indicators", "--candles", "x", "--window", "0");
        assertUsage("'1001' is not", "signals", "--candles", "x", "--window", "20,1001");
        assertUsage("'7m' is not one of 1m, 3m", "signals", "--candles", "x", "--timeframe", "7m");
        assertUsage("'new' is not one of python, corrected", "signals", "--candles", "x", "--rule-set", "new");
    }

    @Test
    void aMissingFileIsOneLine() {
        var result = Cli.run("indicators", "--candles", "nowhere.csv");

        assertThat(result).isEqualTo(new Cli(1, "", "ta-bot: nowhere.csv: there is no such file\n"));
    }

    @Test
    void aFolderIsNoFile(@TempDir Path folder) {
        var result = Cli.run("indicators", "--candles", folder);

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err())
                .startsWith("ta-bot: " + folder + " can't be read")
                .hasLineCount(1);
    }

    @Test
    void badSettingsAreOneLine(@TempDir Path folder) throws IOException {
        var result = Cli.run(
                Map.of("TABOT_HTTP_PORT", "high"),
                "signals",
                "--candles",
                Cli.csv(folder),
                "--symbol",
                "BTCUSDT",
                "--timeframe",
                "1h");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).startsWith("ta-bot: tabot.http.port").hasLineCount(1);
    }

    @Test
    void theServiceDoesNotStartOnBadSettings() {
        var result = Cli.run(Map.of("TABOT_JOURNALS", "mysql"), "run");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err())
                .isEqualTo("ta-bot: tabot.mysql.uri is '': allowed is an address, since the journals are [mysql]"
                        + System.lineSeparator());
    }

    @Test
    void aReaderWhoLeavesEndsItQuietly(@TempDir Path folder) throws IOException {
        var result = Cli.run(Map.of(), failing("Broken pipe"), "indicators", "--candles", candles(folder));

        assertThat(result).isEqualTo(new Cli(141, "", ""));
    }

    @Test
    void aFullDiskDoesNotEndItQuietly(@TempDir Path folder) throws IOException {
        var result = Cli.run(Map.of(), failing("No space left"), "indicators", "--candles", candles(folder));

        assertThat(result).isEqualTo(new Cli(1, "", "ta-bot: standard output can't be written: No space left\n"));
    }

    private static Path candles(Path folder) throws IOException {
        return Cli.csv(folder, "1,1,1,1,1,1");
    }

    private static OutputStream failing(String reason) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(reason);
            }
        };
    }

    private static void assertUsage(String message, Object... arguments) {
        var result = Cli.run(arguments);

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).startsWith("ta-bot: ").contains(message).hasLineCount(2);
    }
}
