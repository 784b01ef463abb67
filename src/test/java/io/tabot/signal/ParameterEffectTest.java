package io.tabot.signal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tabot.config.EffectiveConfig;
import io.tabot.market.CandleSeries;
import io.tabot.market.CandleViews;
import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import io.tabot.strategy.Parameter;
import io.tabot.strategy.ParameterSchema;
import io.tabot.strategy.ParameterValues;
import io.tabot.strategy.RuleSet;
import io.tabot.strategy.Strategy;
import io.tabot.testing.CandleColumns;
import io.tabot.testing.Configs;
import io.tabot.testing.Golden;
import io.tabot.testing.Windows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No parameter without effect: for each one, a bounded and seeded search finds a value within its bounds that changes
 * a signal on a recorded window. {@code enabled} is not here: the configuration leaves the strategy out.
 */
class ParameterEffectTest {
    private static final int VALUES_TRIED = 12;
    private static final int WINDOW_STEP = 5;
    private static final int[] LENGTHS = {60, 120, 250};
    private static final Map<String, List<CandleSeries>> WINDOWS = new HashMap<>();

    private final SignalEngine engine = new SignalEngine("test");

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("parameters")
    void everyParameterChangesAnOutput(String strategyId, String name) {
        var strategy = Configs.CATALOG.find(strategyId).orElseThrow();
        var parameter = strategy.definition().schema().find(name).orElseThrow();

        var effect = candidates(strategy.definition().schema(), parameter)
                .flatMap(value -> effect(strategy, name, value).stream())
                .findFirst();

        assertThat(effect).as("a value of %s that makes a difference", name).isPresent();
    }

    static Stream<Object[]> parameters() {
        return Configs.CATALOG.strategies().stream()
                .map(Strategy::definition)
                .flatMap(definition -> definition.schema().parameters().stream()
                        .filter(parameter ->
                                !parameter.equals(definition.schema().enabled()))
                        .map(parameter -> new Object[] {definition.id(), parameter.name()}));
    }

    private Optional<String> effect(Strategy strategy, String name, Object value) {
        for (var ruleSet : RuleSet.values()) {
            var usual = Configs.only(strategy, ruleSet, Map.of());
            var changed = Configs.only(strategy, ruleSet, Map.of(name, value));
            for (var window : WINDOWS.computeIfAbsent(strategyId(strategy), ParameterEffectTest::windows)) {
                if (!evaluate(window, usual).equals(evaluate(window, changed))) {
                    return Optional.of(name + " = " + value + ", rule set " + ruleSet);
                }
            }
        }
        return Optional.empty();
    }

    private List<Signal> evaluate(CandleSeries window, EffectiveConfig config) {
        return engine.evaluate(
                new Symbol("BTCUSDT"), Timeframe.ONE_HOUR, CandleViews.of(window), config, Rejections.IGNORED);
    }

    /** The bounds, and values between them; none that breaks a rule between parameters. */
    private static Stream<Object> candidates(ParameterSchema schema, Parameter parameter) {
        var random = new Random(parameter.name().hashCode());
        var between = random.doubles(VALUES_TRIED, parameter.minimum(), parameter.maximum())
                .boxed();
        return Stream.concat(Stream.of(parameter.minimum(), parameter.maximum()), between)
                .map(value -> typed(parameter, value))
                .filter(value -> isInOrder(schema, Map.of(parameter.name(), value)));
    }

    private static Object typed(Parameter parameter, double value) {
        return switch (parameter.type()) {
            case INTEGER -> (int) Math.round(value);
            case NUMBER -> value;
            case BOOLEAN -> value >= 0.5;
        };
    }

    private static boolean isInOrder(ParameterSchema schema, Map<String, Object> overrides) {
        var values = ParameterValues.of(schema, overrides);
        return schema.orders().stream()
                .allMatch(order -> values.number(order.lesser()) < values.number(order.greater()));
    }

    /**
     * The recorded windows on which the strategy fired and a sample of the others, each also cut short, since some
     * parameters ask how many candles there are.
     */
    private static List<CandleSeries> windows(String strategyId) {
        var windows = new ArrayList<CandleSeries>();
        for (var name : Golden.series()) {
            var candles = Golden.candles(name);
            var lines = Golden.signalLines(name).toList();
            for (var i = 0; i < lines.size(); i++) {
                if (i % WINDOW_STEP == 0 || hasFired(strategyId, lines.get(i))) {
                    addCuts(candles, lines.get(i).get("end_index").asInt(), windows);
                }
            }
        }
        return windows;
    }

    private static boolean hasFired(String strategyId, JsonNode line) {
        return StreamSupport.stream(line.get("fired").spliterator(), false)
                .anyMatch(fired -> fired.asText().equals(strategyId));
    }

    private static void addCuts(CandleColumns candles, int last, List<CandleSeries> windows) {
        for (var length : LENGTHS) {
            if (last + 1 >= length) {
                windows.add(Windows.of(candles, last, length));
            }
        }
    }

    private static String strategyId(Strategy strategy) {
        return strategy.definition().id();
    }
}
