package io.tabot.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tabot.market.Candle;
import io.tabot.market.CandleViews;
import io.tabot.market.CandleWindow;
import io.tabot.market.HigherCandles;
import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import io.tabot.strategy.Decision.Action;
import io.tabot.strategy.RuleSet;
import io.tabot.testing.Configs;
import io.tabot.testing.GeneratedCandles;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The specification's tables over generated candles: counts and sums of what the original emitted. */
class GeneratedSignalTest {
    private static final int WINDOW = 250;
    private static final List<Candle> CANDLES = GeneratedCandles.all();
    private static final TreeMap<Integer, List<Signal>> SIGNALS = signals();

    @Test
    void generatesTheCandlesOfTheSpecification() {
        assertCandle(0, 100.0, 100.09, 99.95, 100.09, 176.02);
        assertCandle(1, 100.09, 100.12, 99.88, 100.02, 130.95);
        assertCandle(2, 100.02, 100.35, 99.89, 100.15, 178.3);
        assertCandle(249, 100.18, 100.57, 99.47, 99.86, 200.71);
        assertCandle(1499, 100.76, 101.49, 100.51, 101.33, 252.81);
    }

    @ParameterizedTest
    @CsvSource({
        "momentum_pulse, 9, 0, 7428, 6.660000000, 979.816638, 1055.743405",
        "golden_trend_sync, 290, 0, 232247, 203.000000000, 31882.745642, 33179.365986",
        "volume_surge_breakout, 6, 0, 4924, 4.550000000, 660.657200, 710.822000",
        "bollinger_breakout_signals, 87, 88, 159458, 132.351064380, 19200.263455, 19199.635500",
        "rsi_extreme_reversal, 368, 0, 333221, 257.436818571, 39621.037500, 40821.675000"
    })
    void firesAsOftenAndWithTheSameSums(
            String id, int buys, int sells, int indices, double confidence, double stopLoss, double takeProfit) {
        var count = new TreeMap<Action, Integer>();
        var sums = new double[4];
        SIGNALS.forEach((index, signals) -> signals.stream()
                .filter(signal -> signal.strategyId().equals(id))
                .forEach(signal -> {
                    count.merge(signal.action(), 1, Integer::sum);
                    sums[0] += index;
                    sums[1] += signal.confidence();
                    sums[2] += signal.stopLoss();
                    sums[3] += signal.takeProfit();
                }));

        assertThat(count.getOrDefault(Action.BUY, 0)).isEqualTo(buys);
        assertThat(count.getOrDefault(Action.SELL, 0)).isEqualTo(sells);
        assertThat(sums[0]).isEqualTo(indices);
        assertThat(sums[1]).isCloseTo(confidence, within(1e-9));
        assertThat(sums[2]).isCloseTo(stopLoss, within(1e-6));
        assertThat(sums[3]).isCloseTo(takeProfit, within(1e-6));
    }

    @ParameterizedTest
    @CsvSource({
        "momentum_pulse, 314, BUY, 0.74, 100.31, 99.1358905554, 103.245273611",
        "momentum_pulse, 431, BUY, 0.74, 107.85, 104.70775608, 115.705609799",
        "golden_trend_sync, 251, BUY, 0.7, 99.55, 99.1425442212, 100.364911558",
        "golden_trend_sync, 254, BUY, 0.7, 99.44, 99.169054792, 99.981890416",
        "volume_surge_breakout, 302, BUY, 0.75, 99.71, 97.3532, 105.602",
        "volume_surge_breakout, 613, BUY, 0.8, 112.79, 110.4362, 118.6745",
        "bollinger_breakout_signals, 266, BUY, 0.757320639897, 97.73, 95.9237376956, 99.1925",
        "bollinger_breakout_signals, 268, BUY, 0.8, 97.27, 95.5897895125, 98.9045",
        "bollinger_breakout_signals, 302, SELL, 0.728325450561, 99.71, 101.605996888, 98.769",
        "rsi_extreme_reversal, 249, BUY, 0.67, 99.86, 98.8614, 101.8572",
        "rsi_extreme_reversal, 250, BUY, 0.67, 99.34, 98.3466, 101.3268"
    })
    void firesFirstWhereTheOriginalDid(
            String id, int index, Action action, double confidence, double price, double stopLoss, double takeProfit) {
        var signal = SIGNALS.get(index).stream()
                .filter(candidate -> candidate.strategyId().equals(id))
                .findFirst()
                .orElseThrow();

        assertThat(signal.action()).isEqualTo(action);
        assertThat(signal.confidence()).isCloseTo(confidence, within(1e-12));
        assertThat(signal.price()).isEqualTo(price);
        assertThat(signal.stopLoss()).isCloseTo(stopLoss, within(1e-9));
        assertThat(signal.takeProfit()).isCloseTo(takeProfit, within(1e-9));
    }

    private static TreeMap<Integer, List<Signal>> signals() {
        var engine = new SignalEngine("test");
        var config = Configs.everything(RuleSet.PYTHON);
        var window = new CandleWindow(300);
        var signals = new TreeMap<Integer, List<Signal>>();
        for (var i = 0; i < CANDLES.size(); i++) {
            window.insert(CANDLES.get(i));
            if (i >= WINDOW - 1) {
                signals.put(
                        i,
                        engine.evaluate(
                                new Symbol("BTCUSDT"),
                                Timeframe.FIFTEEN_MINUTES,
                                new CandleViews(window.newest(WINDOW), window.newest(300), HigherCandles.NONE),
                                config,
                                Rejections.IGNORED));
            }
        }
        return signals;
    }

    private static void assertCandle(int i, double open, double high, double low, double close, double volume) {
        var expected = new Candle(CANDLES.get(i).openTime(), open, high, low, close, volume);
        assertThat(CANDLES.get(i)).isEqualTo(expected);
    }
}
