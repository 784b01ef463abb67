package io.tabot.market;

import java.util.EnumMap;
import java.util.Map;

/**
 * Room to show the candles of higher timeframes in, for all series of a symbol: each answer overwrites the one before
 * on the same timeframe. Belongs to one thread at a time.
 */
public final class HigherScratch {
    private final Map<Timeframe, CandleWindow> windows = new EnumMap<>(Timeframe.class);

    CandleWindow of(Timeframe timeframe) {
        return windows.computeIfAbsent(timeframe, _ -> new CandleWindow(HigherCandles.LENGTH_MAX));
    }
}
