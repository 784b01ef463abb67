package io.tabot.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tabot.testing.Golden;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IndicatorsCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> NAMES = List.of(
            "rsi",
            "macd",
            "macd_signal",
            "macd_hist",
            "adx",
            "atr",
            "vwap",
            "ema21",
            "ema50",
            "ema200",
            "bb_lower",
            "bb_middle",
            "bb_upper",
            "volume_sma",
            "wick_ratio");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"cb_btc_4h_2024", "syn_shib_1h_s106", "edge_flat_zero_volume_p", "yf_sp500_1w_a"})
    void printsWhatWasRecorded(String series) throws IOException {
        var file = Cli.golden(folder, series);
        var lengths = Golden.indicatorLines(series)
                .map(line -> line.get("window").asInt())
                .distinct()
                .toList();

        for (var length : lengths) {
            var lines =
                    Cli.run("indicators", "--candles", file, "--window", length).lines();
            Golden.indicatorLines(series)
                    .filter(line -> line.get("window").asInt() == length)
                    .forEach(recorded -> compare(
                            recorded, read(lines.get(recorded.get("end_index").asInt()))));
        }
    }

    @Test
    void printsEveryNameAlsoWhereNothingIsDefined() throws IOException {
        var lines = Cli.run("indicators", "--candles", Cli.csv(folder, "1,1,1,1,1,0", "2,1,1,1,1,0"))
                .lines();

        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst())
                .startsWith("{\"end_index\":0,\"window\":1,\"indicators\":{\"rsi\":null,\"macd\":null,")
                .endsWith("\"volume_sma\":null,\"wick_ratio\":null}}");
        assertThat(read(lines.getLast()).get("indicators").fieldNames())
                .toIterable()
                .containsExactlyElementsOf(NAMES);
    }

    private static void compare(JsonNode recorded, JsonNode printed) {
        assertThat(printed.get("window")).isEqualTo(recorded.get("window"));
        for (var name : NAMES) {
            var expected = last(recorded.get("indicators").get(name));
            var actual = printed.get("indicators").get(name);
            var what = recorded.get("end_index") + " of " + recorded.get("window") + " " + name;
            if (expected.isNumber()) {
                var value = expected.asDouble();
                assertThat(actual.asDouble()).as(what).isEqualTo(value, within(1e-9 * Math.abs(value) + 1e-12));
            } else {
                assertThat(actual.isNull()).as(what).isTrue();
            }
        }
    }

    /** Empty, null and "inf" all mean that there is no value. */
    private static JsonNode last(JsonNode values) {
        return values.isEmpty() ? JSON.missingNode() : values.get(values.size() - 1);
    }

    private static JsonNode read(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
