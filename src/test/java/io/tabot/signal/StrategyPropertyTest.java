package io.tabot.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.market.Candle;
import io.tabot.market.CandleSeries;
import io.tabot.market.CandleViews;
import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import io.tabot.strategy.Parameter;
import io.tabot.strategy.ParameterSchema;
import io.tabot.strategy.ParameterValues;
import io.tabot.strategy.RuleSet;
import io.tabot.strategy.Strategy;
import io.tabot.testing.Configs;
import io.tabot.testing.GeneratedCandles;
import io.tabot.testing.Golden;
import io.tabot.testing.Windows;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the candles and the parameters, as long as both are allowed: no failure, and nothing but numbers. */
class StrategyPropertyTest {
    private static final int PARAMETER_SETS = 60;
    private static final int WINDOWS_EACH = 60;
    private static final List<List<Candle>> SERIES = series();

    private final SignalEngine engine = new SignalEngine("test");
    private final RecordedRejections rejections = new RecordedRejections();

    @ParameterizedTest
    @MethodSource("strategies")
    void neverFailsAndNeverYieldsWhatIsNotANumber(Strategy strategy) {
        var random = new Random(strategy.definition().id().hashCode());
        for (var set = 0; set < PARAMETER_SETS; set++) {
            var parameters = allowed(strategy.definition().schema(), random);
            for (var i = 0; i < WINDOWS_EACH; i++) {
                var ruleSet = random.nextBoolean() ? RuleSet.PYTHON : RuleSet.CORRECTED;
                var window = window(random);
                var config = Configs.only(strategy, ruleSet, parameters);

                var signals = engine.evaluate(
                        new Symbol("BTCUSDT"), Timeframe.ONE_HOUR, CandleViews.of(window), config, rejections);

                assertThat(signals).as("parameters %s", parameters).allSatisfy(StrategyPropertyTest::isSound);
            }
        }
        assertThat(rejections.lines).noneMatch(line -> line.contains("failed"));
    }

    static Stream<Strategy> strategies() {
        return Configs.CATALOG.strategies().stream();
    }

    private static void isSound(Signal signal) {
        assertThat(signal.confidence()).isBetween(0.0, 1.0);
        assertThat(signal.price()).isFinite().isPositive();
        assertThat(signal.currentPrice()).isFinite().isPositive();
        assertThat(signal.stopLoss()).isFinite().isPositive();
        assertThat(signal.takeProfit()).isFinite().isPositive();
        assertThat(signal.metadata().values())
                .filteredOn(Double.class::isInstance)
                .allSatisfy(value -> assertThat((double) value).isFinite());
    }

    /** Random values within the bounds; sorted where one has to be below another. */
    private static Map<String, Object> allowed(ParameterSchema schema, Random random) {
        while (true) {
            var values = new LinkedHashMap<String, Object>();
            schema.parameters().forEach(parameter -> values.put(parameter.name(), value(parameter, random)));
            var numbers = ParameterValues.of(schema, values);
            var isOrdered = schema.orders().stream()
                    .allMatch(order -> numbers.number(order.lesser()) < numbers.number(order.greater()));
            if (isOrdered) {
                return values;
            }
        }
    }

    /** The bounds themselves more often than chance would have them. */
    private static Object value(Parameter parameter, Random random) {
        var share = Math.clamp(random.nextDouble(-0.2, 1.2), 0, 1);
        var value = parameter.minimum() + share * (parameter.maximum() - parameter.minimum());
        return switch (parameter.type()) {
            case INTEGER -> (int) Math.round(value);
            case NUMBER -> value;
            case BOOLEAN -> true;
        };
    }

    private static CandleSeries window(Random random) {
        var candles = SERIES.get(random.nextInt(SERIES.size()));
        var end = random.nextInt(candles.size()) + 1;
        var length = Math.min(end, random.nextBoolean() ? 250 : random.nextInt(250) + 1);
        return Windows.of(candles.subList(end - length, end));
    }

    /** The recorded edge cases, and generated candles of ordinary, tiny and huge prices. */
    private static List<List<Candle>> series() {
        var series = new ArrayList<List<Candle>>();
        Golden.series().stream().filter(name -> name.startsWith("edge_")).forEach(name -> {
            var columns = Golden.candles(name);
            var candles = new ArrayList<Candle>();
            for (var i = 0; i < columns.length(); i++) {
                candles.add(Windows.candle(columns, i));
            }
            series.add(candles);
        });
        for (var scale : List.of(1.0, 1e-12, 1e-300, 1e15, 1e154, 1e300)) {
            series.add(scaled(price -> price * scale));
        }
        return series;
    }

    private static List<Candle> scaled(DoubleUnaryOperator price) {
        return GeneratedCandles.all().stream()
                .map(candle -> new Candle(
                        candle.openTime(),
                        price.applyAsDouble(candle.open()),
                        price.applyAsDouble(candle.high()),
                        price.applyAsDouble(candle.low()),
                        price.applyAsDouble(candle.close()),
                        candle.volume()))
                .toList();
    }
}
