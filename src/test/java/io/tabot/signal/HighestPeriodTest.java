package io.tabot.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.strategy.EvaluationContext;
import io.tabot.strategy.Parameter;
import io.tabot.strategy.ParameterValues;
import io.tabot.strategy.RuleSet;
import io.tabot.strategy.Strategy;
import io.tabot.testing.AllowedParameters;
import io.tabot.testing.Configs;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The highest number of candles that the configuration takes does not silence a strategy for ever while the other
 * parameters are at their defaults: it still fires on one of the recorded and generated windows.
 */
class HighestPeriodTest {
    /** From here on it is a question of the window whether a rule can still fire. */
    private static final int LONG = 100;

    /** What so many candles together rarely do: none of these windows has it with the default threshold. */
    private static final Map<String, Map<String, Double>> LOOSENED = Map.of(
            "range_break_pop range_period", Map.of("range_width_max", 1.0, "rsi_min", 1.0, "rsi_max", 99.0),
            "multi_timeframe_trend_continuation rsi_period", Map.of("rsi_oversold", 49.9, "rsi_overbought", 50.1),
            "order_flow_imbalance consolidation_period", Map.of("consolidation_threshold", 1.0));

    private static final Sites SITES = Sites.standard();

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("periods")
    void firesAtTheHighestPeriod(String strategyId, String name, RuleSet ruleSet) {
        var strategy = Configs.CATALOG.find(strategyId).orElseThrow();
        var schema = strategy.definition().schema();
        var values = AllowedParameters.highest(schema, schema.find(name).orElseThrow());
        values.putAll(LOOSENED.getOrDefault(strategyId + " " + name, Map.of()));

        assertThat(SITES.all(strategy, ruleSet).stream().anyMatch(fires(strategy, ruleSet, values)))
                .as("fires somewhere with %s (seed %d)", values, Sites.SEED)
                .isTrue();
    }

    private static Predicate<Sites.Site> fires(Strategy strategy, RuleSet ruleSet, Map<String, ?> overrides) {
        var definition = strategy.definition();
        var values = ParameterValues.of(definition.schema(), overrides);
        var context = new EvaluationContext();
        return site -> {
            context.begin(site.views(), site.timeframe(), ruleSet);
            context.use(definition, values);
            return strategy.evaluate(context).isPresent();
        };
    }

    static Stream<Object[]> periods() {
        return Configs.CATALOG.strategies().stream().map(Strategy::definition).flatMap(definition -> {
            var schema = definition.schema();
            return schema.parameters().stream()
                    .filter(HighestPeriodTest::isLong)
                    .flatMap(parameter -> Arrays.stream(RuleSet.values())
                            .filter(schema.ruleSets(parameter)::contains)
                            .map(ruleSet -> new Object[] {definition.id(), parameter.name(), ruleSet}));
        });
    }

    private static boolean isLong(Parameter parameter) {
        return parameter.unit().equals("candles") && parameter.maximum() >= LONG;
    }
}
