package io.tabot.indicator;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.tabot.testing.CandleColumns;
import io.tabot.testing.RandomCandles;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** The window of a live candle is computed without a single byte of garbage, compiled or interpreted. */
class AllocationTest {

    private static final int LENGTH = 250;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final CandleColumns candles = RandomCandles.walk(1, LENGTH);
    private final double[] first = new double[LENGTH];
    private final double[] second = new double[LENGTH];
    private final double[] third = new double[LENGTH];

    @Test
    void allocatesNothing() {
        long least = Long.MAX_VALUE;
        // More than once, because the first run loads classes.
        for (int run = 0; run < 5; run++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            computeEverything();
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(least).isZero();
    }

    private void computeEverything() {
        computeTrend(candles.close());
        computeRange(candles.open(), candles.high(), candles.low(), candles.close());
    }

    private void computeTrend(double[] close) {
        MovingAverage.simple(close, 0, LENGTH, 20, first);
        Ema.seeded(close, 0, LENGTH, 200, first);
        Ema.adjusted(close, 0, LENGTH, 80, first);
        Rma.compute(close, 0, LENGTH, 14, first);
        Rsi.wilder(close, 0, LENGTH, 14, first);
        Rsi.adjusted(close, 0, LENGTH, 2, first);
        Macd.compute(close, 0, LENGTH, 12, 26, 9, first, second, third);
        Bollinger.compute(close, 0, LENGTH, 20, first, second);
    }

    private void computeRange(double[] open, double[] high, double[] low, double[] close) {
        TrueRange.compute(high, low, close, 0, LENGTH, TrueRange.PANDAS_EPSILON, first);
        Atr.compute(high, low, close, 0, LENGTH, 14, TrueRange.PANDAS_EPSILON, first);
        Adx.compute(high, low, close, 0, LENGTH, 14, TrueRange.PANDAS_EPSILON, first);
        Vwap.daily(candles.openTime(), high, low, close, candles.volume(), 0, LENGTH, first);
        WickRatio.compute(open, high, low, close, 0, LENGTH, first);
        Extremes.highest(high, 0, LENGTH, 52, first);
        Extremes.lowest(low, 0, LENGTH, 52, first);
        Midpoint.compute(high, low, 0, LENGTH, 9, first);
        Midpoint.compute(high, low, 0, LENGTH, 26, second);
        Ichimoku.spanA(first, second, LENGTH, 26, third);
        Ichimoku.spanB(high, low, 0, LENGTH, 52, 26, third);
        PriceRange.compute(high, low, 0, LENGTH, 10, first, second);
    }
}
