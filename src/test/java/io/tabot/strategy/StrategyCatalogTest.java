package io.tabot.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tabot.market.CandleViews;
import io.tabot.market.Timeframe;
import io.tabot.testing.Configs;
import io.tabot.testing.Golden;
import io.tabot.testing.Windows;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StrategyCatalogTest {
    @Test
    void listsStrategiesInTheOrderInWhichTheyRun() {
        assertThat(Configs.CATALOG.ids())
                .containsExactly(
                        "momentum_pulse",
                        "band_fade_reversal",
                        "golden_trend_sync",
                        "range_break_pop",
                        "divergence_trap",
                        "volume_surge_breakout",
                        "mean_reversion_scalper",
                        "ichimoku_cloud_momentum",
                        "liquidity_grab_reversal",
                        "multi_timeframe_trend_continuation",
                        "order_flow_imbalance",
                        "ema_alignment_bullish",
                        "bollinger_squeeze_alert",
                        "bollinger_breakout_signals",
                        "rsi_extreme_reversal",
                        "inside_bar_breakout",
                        "ema_pullback_continuation",
                        "ema_momentum_reversal",
                        "fox_trap_reversal",
                        "hammer_reversal_pattern",
                        "bear_trap_buy",
                        "inside_bar_sell",
                        "shooting_star_reversal",
                        "doji_reversal",
                        "ema_alignment_bearish",
                        "ema_slope_reversal_sell",
                        "minervini_trend_template",
                        "bear_trap_sell");
    }

    @Test
    void findsAStrategyByItsIdOnly() {
        assertThat(Configs.CATALOG.find("momentum_pulse")).isPresent();
        assertThat(Configs.CATALOG.find("Momentum Pulse")).isEmpty();
    }

    @Test
    void refusesTwoStrategiesWithOneId() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StrategyCatalog(List.of(new MomentumPulse(), new MomentumPulse())))
                .withMessageContaining("momentum_pulse");
    }

    @Test
    void keepsTheDefaultsOfThePythonBotWhereItsRegistryHadTheTypeOfANumber() {
        var schema = Configs.CATALOG
                .find("rsi_extreme_reversal")
                .orElseThrow()
                .definition()
                .schema();

        assertThat(schema.find("oversold_threshold").orElseThrow().defaultValue())
                .isEqualTo(25);
        assertThat(schema.find("momentum_threshold").orElseThrow().defaultValue())
                .isEqualTo(-2);
        assertThat(schema.find("extreme_confidence").orElseThrow().defaultValue())
                .isEqualTo(0.82);
    }

    @Test
    void blocksTheShortTimeframesOfRsiExtremeReversal() {
        assertThat(Configs.CATALOG
                        .find("rsi_extreme_reversal")
                        .orElseThrow()
                        .definition()
                        .timeframes())
                .hasSize(12)
                .doesNotContain(Timeframe.ONE_MINUTE, Timeframe.THREE_MINUTES, Timeframe.FIVE_MINUTES);
    }

    @ParameterizedTest
    @MethodSource("definitions")
    void describesEveryStrategyAndParameter(StrategyDefinition definition) {
        var parameters = definition.schema().parameters();

        assertThat(definition.name()).isNotBlank();
        assertThat(definition.description()).isNotBlank().doesNotContain("No description");
        assertThat(definition.category()).isIn(StrategyDefinition.PETROSA, StrategyDefinition.QUANTZED);
        assertThat(parameters.getFirst().name()).isEqualTo("enabled");
        assertThat(parameters).allSatisfy(parameter -> {
            assertThat(parameter.description()).isNotBlank();
            assertThat(parameter.unit()).isNotBlank();
            assertThat(parameter.name()).matches("[a-z][a-z0-9_]*");
        });
        assertThat(new HashSet<>(parameters.stream().map(Parameter::description).toList()))
                .hasSameSizeAs(parameters);
    }

    @ParameterizedTest
    @MethodSource("definitions")
    void asksForNoMoreCandlesThanTheWindowHas(StrategyDefinition definition) {
        var window = definition.readsLongWindow()
                ? StrategyDefinition.LONG_WINDOW_CANDLES
                : StrategyDefinition.WINDOW_CANDLES;
        assertThat(definition.schema().parameters())
                .filteredOn(parameter -> parameter.unit().equals("candles"))
                .allSatisfy(parameter -> {
                    assertThat(parameter.type()).isEqualTo(Parameter.Type.INTEGER);
                    assertThat(parameter.minimum()).isPositive();
                    assertThat(parameter.maximum()).isLessThanOrEqualTo(window);
                });
    }

    @ParameterizedTest
    @MethodSource("definitions")
    void keepsItsOwnRulesBetweenParameters(StrategyDefinition definition) {
        var defaults = ParameterValues.defaults(definition.schema());

        assertThat(definition.schema().rules()).allMatch(rule -> rule.holds(defaults));
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void isSilentOnFewerCandlesThanItNeeds(Strategy strategy) {
        var definition = strategy.definition();
        var candles = Golden.candles("syn_eth_15m_s103");
        var context = new EvaluationContext();
        for (var length = 1; length < definition.candlesMin(); length++) {
            for (var last = 100; last < 700; last += 3) {
                var view = Windows.of(candles, last, Math.min(length, last + 1));
                context.begin(CandleViews.of(view), Timeframe.FIFTEEN_MINUTES, RuleSet.PYTHON);
                context.use(definition, ParameterValues.defaults(definition.schema()));

                assertThat(strategy.evaluate(context)).isEmpty();
            }
        }
    }

    static Stream<Strategy> strategies() {
        return Configs.CATALOG.strategies().stream();
    }

    static Stream<StrategyDefinition> definitions() {
        return strategies().map(Strategy::definition);
    }
}
