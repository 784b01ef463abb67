package io.tabot.indicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.tabot.testing.CandleColumns;
import io.tabot.testing.GeneratedCandles;
import io.tabot.testing.Windows;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.provider.CsvFileSource;

/** The specification's table of indicators over generated candles. */
class GeneratedIndicatorTest {
    private static final int WINDOW = 250;
    private static final List<Integer> ENDS = List.of(249, 600, 1499);
    private static final CandleColumns CANDLES = Windows.columns(GeneratedCandles.all());
    private static final String EARLIER = " a candle earlier";

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/generated/indicators.csv", numLinesToSkip = 1)
    void givesTheValuesOfTheSpecification(ArgumentsAccessor row) {
        var name = row.getString(0);
        var back = name.endsWith(EARLIER) ? 1 : 0;
        var formula = GoldenIndicatorTest.FORMULAS.get(name.replace(EARLIER, ""));

        assertThat(formula).isNotNull();
        for (var i = 0; i < ENDS.size(); i++) {
            var line = formula.compute(CANDLES, ENDS.get(i) + 1 - WINDOW, WINDOW);
            assertThat(line[WINDOW - 1 - back]).isCloseTo(row.getDouble(i + 1), withinPercentage(1e-9));
        }
    }
}
