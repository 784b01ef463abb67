package io.tabot.testing;

import io.tabot.market.Candle;
import io.tabot.market.CandleSeries;
import io.tabot.market.CandleWindow;
import java.util.List;
import java.util.stream.IntStream;

/** Views over candles, as the engine takes them. */
public final class Windows {
    private Windows() {}

    /** The rows {@code last - length + 1} to {@code last}. */
    public static CandleSeries of(CandleColumns candles, int last, int length) {
        var window = new CandleWindow(length);
        for (var i = last - length + 1; i <= last; i++) {
            window.insert(candle(candles, i));
        }
        return window.newest(length);
    }

    /** All of them. */
    public static CandleSeries of(List<Candle> candles) {
        var window = new CandleWindow(candles.size());
        candles.forEach(window::insert);
        return window.newest(candles.size());
    }

    /** The candles as columns. */
    public static CandleColumns columns(List<Candle> candles) {
        var columns = new CandleColumns(candles.size());
        for (var i = 0; i < candles.size(); i++) {
            var candle = candles.get(i);
            columns.openTime()[i] = candle.openTime();
            columns.open()[i] = candle.open();
            columns.high()[i] = candle.high();
            columns.low()[i] = candle.low();
            columns.close()[i] = candle.close();
            columns.volume()[i] = candle.volume();
        }
        return columns;
    }

    public static List<Candle> candles(CandleColumns columns) {
        return IntStream.range(0, columns.length())
                .mapToObj(i -> candle(columns, i))
                .toList();
    }

    public static Candle candle(CandleColumns candles, int i) {
        return new Candle(
                candles.openTime()[i],
                candles.open()[i],
                candles.high()[i],
                candles.low()[i],
                candles.close()[i],
                candles.volume()[i]);
    }
}
