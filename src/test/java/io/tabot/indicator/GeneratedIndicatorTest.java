package io.tabot.indicator;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.tabot.testing.CandleColumns;
import io.tabot.testing.GeneratedCandles;
import io.tabot.testing.Windows;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.provider.CsvFileSource;

/** The specification's table of indicators over generated candles. */
class GeneratedIndicatorTest {
    private static final int WINDOW = 250;
    private static final List<Integer> ENDS = List.of(249, 600, 1499);
    private static final CandleColumns CANDLES = Windows.columns(GeneratedCandles.all());
    private static final String EARLIER = " one bar earlier, same window";

    private static final Map<String, Formula> FORMULAS = Map.ofEntries(
            entry("rsi", Formula.rsi(14)),
            entry("macd", Formula.macd(12, 26, 9)),
            entry("macd_signal", Formula.macdSignal(12, 26, 9)),
            entry("macd_hist", Formula.macdHistogram(12, 26, 9)),
            entry("adx", Formula.adx(14)),
            entry("atr", Formula.atr(14)),
            entry("vwap", Formula.vwap()),
            entry("ema21", Formula.seeded(21)),
            entry("ema50", Formula.seeded(50)),
            entry("ema200", Formula.seeded(200)),
            entry("bb_lower", Formula.band(20, -2.0)),
            entry("bb_middle", Formula.middle(20)),
            entry("bb_upper", Formula.band(20, 2.0)),
            entry("volume_sma", Formula.volume(20)),
            entry("wick_ratio", Formula.wickRatio()),
            entry("EMA8 seeded", Formula.seeded(8)),
            entry("EMA9 seeded", Formula.seeded(9)),
            entry("EMA80 seeded", Formula.seeded(80)),
            entry("EWA8", Formula.adjusted(8)),
            entry("EWA9", Formula.adjusted(9)),
            entry("EWA20", Formula.adjusted(20)),
            entry("EWA30", Formula.adjusted(30)),
            entry("EWA80", Formula.adjusted(80)),
            entry("RSI2", Formula.rsiAdjusted(2)),
            entry("tenkan_sen", Formula.midpoint(9)),
            entry("kijun_sen", Formula.midpoint(26)),
            entry("senkou_span_a", Formula.spanA(9, 26, 26)),
            entry("senkou_span_b", Formula.spanB(52, 26)));

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/generated/indicators.csv", numLinesToSkip = 1)
    void givesTheValuesOfTheSpecification(ArgumentsAccessor row) {
        var name = row.getString(0);
        var back = name.endsWith(EARLIER) ? 1 : 0;
        var formula = FORMULAS.get(name.replace(EARLIER, ""));

        assertThat(formula).isNotNull();
        for (var i = 0; i < ENDS.size(); i++) {
            var line = formula.compute(CANDLES, ENDS.get(i) + 1 - WINDOW, WINDOW);
            assertThat(line[WINDOW - 1 - back]).isCloseTo(row.getDouble(i + 1), withinPercentage(1e-9));
        }
    }
}
