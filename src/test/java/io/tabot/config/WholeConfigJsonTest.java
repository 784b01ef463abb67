package io.tabot.config;

import static io.tabot.config.ConfigSamples.OPS;
import static io.tabot.config.ConfigSamples.accept;
import static io.tabot.config.ConfigSamples.decide;
import static io.tabot.config.ConfigSamples.errors;
import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.config.ConfigCommand.Initialize;
import io.tabot.config.WholeConfigJson.Result;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WholeConfigJsonTest {
    private static final ConfigState EMPTY = ConfigState.empty(ConfigSamples.ENVIRONMENT);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void anExportInitializesTheSameConfiguration(long seed) {
        var state = new RandomHistory(seed).grow(80).state();
        var exported = WholeConfig.of(state);

        var read = read(WholeConfigJson.write(exported));

        assertThat(read).as("seed %d", seed).isEqualTo(exported);
        var again =
                accept(EMPTY, new Initialize(read, ConfigSamples.DEFAULTS, OPS)).next();
        assertThat(again.application()).as("seed %d", seed).isEqualTo(state.application());
        for (var strategy : ConfigSamples.CATALOG.strategies()) {
            for (var symbol : List.of("BTCUSDT", "ETHUSDT", "1INCHUSDT")) {
                assertThat(EffectiveParameters.explain(again, strategy, symbol).values())
                        .as("seed %d", seed)
                        .isEqualTo(EffectiveParameters.explain(state, strategy, symbol)
                                .values());
            }
        }
    }

    @Test
    void takesTheCallersDefaultsUncheckedForWhatIsLeftOut() {
        var defaults = AppConfig.defaults(ConfigSamples.CATALOG, List.of("any name"), List.of());

        var state = accept(EMPTY, new Initialize(read("{\"application\":{\"max_positions\":3}}"), defaults, OPS))
                .next();

        assertThat(state.application().symbols()).containsExactly("any name");
        assertThat(state.application().maxPositions()).isEqualTo(3);
    }

    @Test
    void judgesEverythingThatIsGiven() {
        var config = read("""
                {"application": {"symbols": ["btcusdt"], "colour": 1},
                 "strategies": {
                   "trend": {},
                   "trend_follower": {
                     "parameters": {"fast_period": 1},
                     "symbols": {"BTCUSDT": {"slow_period": 2.5}, "nope": {}}}}}
                """);

        assertThat(errors(decide(EMPTY, new Initialize(config, ConfigSamples.DEFAULTS, OPS))))
                .extracting(FieldError::field)
                .containsExactly(
                        "application.symbols[0]",
                        "application.colour",
                        "strategies.trend",
                        "strategies.trend_follower.parameters.fast_period",
                        "strategies.trend_follower.symbols.BTCUSDT.slow_period",
                        "strategies.trend_follower.symbols.nope.symbol");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nonsense | ''",
                "[] | ''",
                "{\"a\":1,\"a\":2} | ''",
                "{\"aplication\":{}} | aplication",
                "{\"application\":[]} | application",
                "{\"strategies\":{\"x\":1}} | strategies.x",
                "{\"strategies\":{\"x\":{\"params\":{}}}} | strategies.x.params",
                "{\"strategies\":{\"x\":{\"symbols\":{\"B\":2}}}} | strategies.x.symbols.B"
            })
    void namesWhatHasNotTheShape(String json, String field) {
        assertThat(WholeConfigJson.read(json))
                .isInstanceOfSatisfying(
                        Result.Malformed.class,
                        malformed -> assertThat(malformed.errors())
                                .extracting(FieldError::field)
                                .containsExactly(field));
    }

    @Test
    void showsTheApplicationWhereNothingIsStored() {
        assertThat(WholeConfig.of(EMPTY).application())
                .isEqualTo(AppConfig.UNCONFIGURED.toDocument().fields());
        assertThat(WholeConfig.of(EMPTY).strategies()).isEqualTo(Map.of());
    }

    private static WholeConfig read(String json) {
        return ((Result.Read) WholeConfigJson.read(json)).config();
    }
}
