package io.tabot.testing;

import io.tabot.market.Candle;
import io.tabot.market.CandleSeries;
import io.tabot.market.CandleWindow;
import io.tabot.market.HigherCandles;
import io.tabot.market.Timeframe;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The candles of higher timeframes, made of a whole series at once, so that any instant of it can be asked for. */
final class HigherSeries implements HigherCandles {
    private final Map<Timeframe, CandleWindow> windows = new EnumMap<>(Timeframe.class);

    HigherSeries(Timeframe base, List<Candle> candles, Iterable<Timeframe> timeframes) {
        for (var timeframe : timeframes) {
            var window = new CandleWindow(candles.size());
            Aggregates.of(candles, base, timeframe).forEach(window::insert);
            windows.put(timeframe, window);
        }
    }

    @Override
    public @Nullable CandleSeries closedBy(Timeframe timeframe, long instant) {
        var window = windows.get(timeframe);
        var open = timeframe.openTime(timeframe.openTime(instant + 1) - 1);
        return window == null || !window.contains(open) ? null : window.asOf(open, LENGTH_MAX);
    }
}
