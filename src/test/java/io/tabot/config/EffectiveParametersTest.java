package io.tabot.config;

import static io.tabot.config.ConfigSamples.accept;
import static io.tabot.config.ConfigSamples.application;
import static io.tabot.config.ConfigSamples.initialized;
import static io.tabot.config.ConfigSamples.parameters;
import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.config.EffectiveConfig.ActiveStrategy;
import io.tabot.config.EffectiveParameters.Layer;
import io.tabot.config.EffectiveParameters.Value;
import io.tabot.market.Symbol;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EffectiveParametersTest {
    private static final Symbol BTC = new Symbol("BTCUSDT");
    private static final Symbol ETH = new Symbol("ETHUSDT");

    private final ConfigState global = accept(
                    initialized(), parameters("trend_follower", null, Map.of("fast_period", 5, "threshold", 30)))
            .next();
    private final ConfigState both = accept(global, parameters("trend_follower", "BTCUSDT", Map.of("threshold", 12.5)))
            .next();

    @Test
    void namesTheLayerAndTheEventOfEveryValue() {
        assertThat(EffectiveParameters.explain(both, ConfigSamples.TREND, "BTCUSDT")
                        .parameters())
                .containsExactly(
                        new Value("enabled", true, Layer.DEFAULT, null),
                        new Value("fast_period", 5L, Layer.GLOBAL, 2L),
                        new Value("slow_period", 26L, Layer.DEFAULT, null),
                        new Value("threshold", 12.5, Layer.SYMBOL, 3L));
    }

    @Test
    void overridesForOneSymbolOnly() {
        assertThat(EffectiveParameters.explain(both, ConfigSamples.TREND, "ETHUSDT")
                        .values())
                .isEqualTo(EffectiveParameters.explain(both, ConfigSamples.TREND, null)
                        .values())
                .containsEntry("threshold", 30L);
    }

    @Test
    void hashesWhatIsInForceIncludingTheSwitch() {
        assertThat(EffectiveParameters.explain(both, ConfigSamples.TREND, "BTCUSDT")
                        .hash())
                .isEqualTo(ParametersHash.of(
                        Map.of("enabled", true, "fast_period", 5, "slow_period", 26, "threshold", 12.5)));
    }

    @Test
    void passesOverAStoredValueThatTodaysSchemaRefuses() {
        var stale = new ParameterSet(Map.of("fast_period", 5_000L, "threshold", "x", "gone", 1L), Map.of());

        assertThat(EffectiveParameters.of(ConfigSamples.TREND, null, stale, ParameterSet.NONE)
                        .parameters())
                .extracting(Value::layer)
                .containsOnly(Layer.DEFAULT);
    }

    @Test
    void compilesTheEnabledStrategiesInCatalogOrder() {
        var state = accept(both, application("enabled_strategies", List.of("rsi_reversal", "trend_follower")))
                .next();

        var effective = state.effective(ConfigSamples.CATALOG, BTC);

        assertThat(effective.strategies())
                .extracting(ActiveStrategy::strategy)
                .containsExactly(ConfigSamples.TREND, ConfigSamples.REVERSAL);
        assertThat(effective.revision()).isEqualTo(4);
        assertThat(effective.limits()).isEqualTo(new EffectiveConfig.Limits(10, List.of(100, 200, 500, 1000)));
        var threshold =
                ConfigSamples.TREND.definition().schema().find("threshold").orElseThrow();
        assertThat(effective.strategies().getFirst().parameters().number(threshold))
                .isEqualTo(12.5);
    }

    @Test
    void silencesAStrategyOnOneSymbolOrOnAll() {
        var onOne = accept(both, parameters("trend_follower", "BTCUSDT", Map.of("enabled", false)))
                .next();
        var onAll = accept(both, parameters("trend_follower", null, Map.of("enabled", false)))
                .next();

        assertThat(onOne.effective(ConfigSamples.CATALOG, BTC).strategies()).hasSize(2);
        assertThat(onOne.effective(ConfigSamples.CATALOG, ETH).strategies()).hasSize(3);
        assertThat(onAll.effective(ConfigSamples.CATALOG, ETH).strategies()).hasSize(2);
    }

    @Test
    void compilesForAnySymbolWhateverItsName() {
        assertThat(both.effective(ConfigSamples.CATALOG, new Symbol("btc/usdt ?"))
                        .strategies())
                .hasSize(3);
    }
}
