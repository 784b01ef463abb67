package io.tabot.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.market.AggregatedCandles;
import io.tabot.market.Candle;
import io.tabot.market.CandleViews;
import io.tabot.market.CandleWindow;
import io.tabot.market.Timeframe;
import io.tabot.strategy.RuleSet;
import io.tabot.testing.Configs;
import io.tabot.testing.RegimeCandles;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How often the rule fires on candles that behave like a market: rarely, but not never. */
class CorrectedHigherTimeframeRatesTest {
    private static final int CANDLES = 60_000;

    /** The shares of candles that were measured when the rule was written down, and a factor of two around them. */
    private static final double SHARE_MIN = 0.0004 / 2;

    private static final double SHARE_MAX = 0.0014 * 2;

    @ParameterizedTest
    @CsvSource({"FIFTEEN_MINUTES, 0.0015, 1", "FIFTEEN_MINUTES, 0.004, 2", "THIRTY_MINUTES, 0.004, 3"})
    void firesOnAFewCandlesInTenThousand(Timeframe timeframe, double volatility, long seed) {
        var candles = RegimeCandles.of(seed, timeframe, volatility, CANDLES);

        var corrected = fired(RuleSet.CORRECTED, timeframe, candles);

        var share = corrected / (double) CANDLES;
        System.out.printf(
                "%s, volatility %.2f %%, seed %d: fires on %d of %d candles, %.3f %%%n",
                timeframe, 100 * volatility, seed, corrected, CANDLES, 100 * share);
        assertThat(share).isBetween(SHARE_MIN, SHARE_MAX);
        assertThat(fired(RuleSet.PYTHON, timeframe, candles)).isZero();
    }

    private static int fired(RuleSet ruleSet, Timeframe timeframe, List<Candle> candles) {
        var engine = new SignalEngine("test");
        var config = Configs.only("multi_timeframe_trend_continuation", ruleSet, Map.of());
        var window = new CandleWindow(250);
        var higher = new AggregatedCandles(
                timeframe,
                Configs.CATALOG
                        .find("multi_timeframe_trend_continuation")
                        .orElseThrow()
                        .definition()
                        .higherTimeframes(timeframe));
        var view = window.newest(250);
        var views = new CandleViews(view, view, higher);
        var fired = new int[1];
        for (var candle : candles) {
            window.insert(candle);
            higher.add(candle);
            engine.decide(timeframe, views, config, Rejections.IGNORED, (_, _) -> fired[0]++);
        }
        return fired[0];
    }
}
