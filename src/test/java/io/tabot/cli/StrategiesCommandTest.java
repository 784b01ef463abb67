package io.tabot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tabot.testing.Configs;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class StrategiesCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void listsTheCatalogALineEach() {
        var result = Cli.run("strategies");

        assertThat(result.exitCode()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.lines().getFirst()).startsWith("ID ");
        assertThat(result.lines().stream().skip(1).map(line -> line.split(" ")[0]))
                .containsExactlyElementsOf(Configs.CATALOG.ids());
    }

    @Test
    void alignsTheColumns() {
        var lines = Cli.run("strategies").lines();
        var column = lines.getFirst().indexOf("SIDE");

        assertThat(lines)
                .allSatisfy(line -> assertThat(line.substring(column - 1)).matches(" \\S.*"));
    }

    @Test
    void tellsOneInFull() {
        var result = Cli.run("strategies", "rsi_extreme_reversal");

        assertThat(result.exitCode()).isZero();
        assertThat(result.out())
                .startsWith("RSI Extreme Reversal (rsi_extreme_reversal): buy, at least 78 candles,"
                        + " timeframes: not 1m 3m 5m\n")
                .contains("Fires when the RSI of rsi_period is below oversold_threshold")
                .contains("\nPARAMETER ")
                .contains("\nextreme_threshold must be less than oversold_threshold\n")
                .doesNotContain("`", "**");
        assertThat(result.lines())
                .anySatisfy(line -> assertThat(line.split(" {2,}"))
                        .startsWith("oversold_threshold", "float", "25", "10", "40", "RSI points"));
    }

    @Test
    void tellsWhatOneRuleSetAloneReads() {
        assertThat(Cli.run("strategies", "range_break_pop").lines())
                .anyMatch(line -> line.startsWith("breakout_threshold") && line.endsWith("(rule set python only)"))
                .anyMatch(line -> line.startsWith("range_width_max") && line.endsWith("(rule set corrected only)"));
    }

    @Test
    void givesAllAsJson() throws IOException {
        var result = Cli.run("strategies", "--json");
        var items = JSON.readTree(result.out());

        assertThat(items)
                .extracting(item -> item.get("strategy_id").asText())
                .containsExactlyElementsOf(Configs.CATALOG.ids());
        assertThat(items).allSatisfy(item -> {
            assertThat(names(item))
                    .containsExactly(
                            "strategy_id",
                            "name",
                            "description",
                            "category",
                            "direction",
                            "timeframes",
                            "min_candles",
                            "has_global_config",
                            "symbol_overrides",
                            "parameter_count",
                            "rule",
                            "parameters",
                            "rules");
            assertThat(item.get("parameters"))
                    .hasSize(item.get("parameter_count").asInt());
            assertThat(item.at("/parameters/0/name").asText()).isEqualTo("enabled");
            assertThat(item.at("/parameters/1/rule_sets")).isNotEmpty();
        });
    }

    @Test
    void givesOnlyWhatWasAskedForAsJson() throws IOException {
        var items = JSON.readTree(Cli.run("strategies", "--json", "doji_reversal", "momentum_pulse")
                .out());

        assertThat(items)
                .extracting(item -> item.get("strategy_id").asText())
                .containsExactly("doji_reversal", "momentum_pulse");
    }

    @Test
    void knowsNoStrategyOfThatName() {
        assertThat(Cli.run("strategies", "momentum_puls"))
                .isEqualTo(
                        new Cli(1, "", "ta-bot: there is no strategy momentum_puls (did you mean momentum_pulse?)\n"));
    }

    private static List<String> names(JsonNode item) {
        return item.propertyStream().map(property -> property.getKey()).toList();
    }
}
