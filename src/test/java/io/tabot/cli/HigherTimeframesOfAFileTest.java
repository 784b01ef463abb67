package io.tabot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tabot.market.Candle;
import io.tabot.market.Timeframe;
import io.tabot.testing.RegimeCandles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file has one timeframe: the commands make the higher ones that a strategy looks at. */
class HigherTimeframesOfAFileTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String STRATEGY = "multi_timeframe_trend_continuation";
    private static final List<Candle> CANDLES = RegimeCandles.of(4, Timeframe.FIFTEEN_MINUTES, 0.004, 4900);

    @TempDir
    private Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void write() throws IOException {
        file = Cli.csv(
                folder,
                CANDLES.stream()
                        .map(candle -> candle.openTime() + "," + candle.open() + "," + candle.high() + ","
                                + candle.low() + "," + candle.close() + "," + candle.volume())
                        .toArray(String[]::new));
    }

    @Test
    void printsSignalsThatNeedHigherTimeframes() throws IOException {
        var signals = signals("--rule-set", "corrected");

        assertThat(signals).hasSizeGreaterThan(2).allSatisfy(signal -> {
            assertThat(signal.path("strategy_id").asText()).isEqualTo(STRATEGY);
            assertThat(signal.path("metadata").path("window").asInt()).isEqualTo(250);
        });
    }

    /** They are made of the whole file, not of the window. */
    @Test
    void makesThemWhateverTheLengthOfTheWindow() throws IOException {
        assertThat(openTimes(signals("--rule-set", "corrected", "--window", "250")))
                .isEqualTo(openTimes(signals("--rule-set", "corrected")));
        assertThat(signals("--rule-set", "corrected", "--window", "1000")).isNotEmpty();
    }

    @Test
    void printsNoneUnderTheRulesOfThePythonBot() throws IOException {
        assertThat(signals("--rule-set", "python")).isEmpty();
    }

    @Test
    void aBacktestTradesThem() throws IOException {
        var result = run("backtest", "--rule-set", "corrected");

        assertThat(result.err()).contains("4,900 candles");
        assertThat(result.lines())
                .filteredOn(line -> line.startsWith(STRATEGY))
                .singleElement()
                .satisfies(line -> assertThat(line.split(" +")[1])
                        .isEqualTo(Integer.toString(
                                signals("--rule-set", "corrected").size())));
    }

    private List<JsonNode> signals(Object... more) throws IOException {
        var signals = new ArrayList<JsonNode>();
        for (var line : run("signals", more).lines()) {
            JSON.readTree(line).path("signals").forEach(signals::add);
        }
        return signals;
    }

    private static List<String> openTimes(List<JsonNode> signals) {
        return signals.stream()
                .map(signal -> signal.path("metadata").path("open_time").asText())
                .toList();
    }

    private Cli run(String command, Object... more) {
        var arguments = new ArrayList<Object>(List.of(
                command, "--candles", file, "--symbol", "BTCUSDT", "--timeframe", "15m", "--strategies", STRATEGY));
        arguments.addAll(List.of(more));
        var result = Cli.run(arguments.toArray());
        assertThat(result.exitCode()).as(result.err()).isZero();
        return result;
    }
}
