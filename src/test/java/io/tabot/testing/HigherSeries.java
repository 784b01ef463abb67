package io.tabot.testing;

import io.tabot.market.Candle;
import io.tabot.market.CandleSeries;
import io.tabot.market.CandleWindow;
import io.tabot.market.HigherCandles;
import io.tabot.market.Timeframe;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All candles of some higher timeframes, made of a whole series at once, so that any instant of it can be asked for. */
final class HigherSeries implements HigherCandles {
    private final Map<Timeframe, CandleWindow> windows = new EnumMap<>(Timeframe.class);
    private final Map<Timeframe, Long> first = new EnumMap<>(Timeframe.class);

    HigherSeries(Timeframe base, List<Candle> candles, Iterable<Timeframe> timeframes) {
        for (var timeframe : timeframes) {
            var whole = timeframe.longest().toMillis() / base.longest().toMillis();
            var window = new CandleWindow(candles.size());
            var groups = new TreeMap<Long, List<Candle>>();
            candles.forEach(
                    candle -> groups.computeIfAbsent(timeframe.openTime(candle.openTime()), open -> new ArrayList<>())
                            .add(candle));
            groups.values().stream().filter(parts -> parts.size() == whole).forEach(parts -> window.insert(sum(parts)));
            windows.put(timeframe, window);
            first.put(timeframe, groups.firstKey());
        }
    }

    @Override
    public @Nullable CandleSeries closedBy(Timeframe timeframe, long instant) {
        var window = windows.get(timeframe);
        var open = timeframe.openTime(timeframe.openTime(instant + 1) - 1);
        return window == null || open < first.get(timeframe) ? null : window.asOf(open, LENGTH_MAX);
    }

    private static Candle sum(List<Candle> parts) {
        return new Candle(
                parts.getFirst().openTime(),
                parts.getFirst().open(),
                parts.stream().mapToDouble(Candle::high).max().orElseThrow(),
                parts.stream().mapToDouble(Candle::low).min().orElseThrow(),
                parts.getLast().close(),
                parts.stream().mapToDouble(Candle::volume).sum());
    }
}
