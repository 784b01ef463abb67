package io.tabot.backtest;

import io.tabot.market.Candle;
import java.util.Arrays;

/** All candles of a series in columns, oldest first, as many as memory has room for. Open times increase. */
public final class CandleTable {
    private static final int CAPACITY_FIRST = 1024;

    private long[] openTime = new long[CAPACITY_FIRST];
    private double[] open = new double[CAPACITY_FIRST];
    private double[] high = new double[CAPACITY_FIRST];
    private double[] low = new double[CAPACITY_FIRST];
    private double[] close = new double[CAPACITY_FIRST];
    private double[] volume = new double[CAPACITY_FIRST];
    private int size;

    public static CandleTable of(Iterable<Candle> candles) {
        var table = new CandleTable();
        candles.forEach(table::add);
        return table;
    }

    public void add(Candle candle) {
        if (size > 0 && candle.openTime() <= openTime[size - 1]) {
            throw new IllegalArgumentException(
                    "open time " + candle.openTime() + " does not come after " + openTime[size - 1]);
        }
        if (size == openTime.length) {
            grow();
        }
        openTime[size] = candle.openTime();
        open[size] = candle.open();
        high[size] = candle.high();
        low[size] = candle.low();
        close[size] = candle.close();
        volume[size] = candle.volume();
        size++;
    }

    public int size() {
        return size;
    }

    public long openTime(int index) {
        return openTime[index];
    }

    public double open(int index) {
        return open[index];
    }

    public double high(int index) {
        return high[index];
    }

    public double low(int index) {
        return low[index];
    }

    public double close(int index) {
        return close[index];
    }

    Candle candle(int i) {
        return new Candle(openTime[i], open[i], high[i], low[i], close[i], volume[i]);
    }

    private void grow() {
        var capacity = Math.multiplyExact(2, size);
        openTime = Arrays.copyOf(openTime, capacity);
        open = Arrays.copyOf(open, capacity);
        high = Arrays.copyOf(high, capacity);
        low = Arrays.copyOf(low, capacity);
        close = Arrays.copyOf(close, capacity);
        volume = Arrays.copyOf(volume, capacity);
    }
}
