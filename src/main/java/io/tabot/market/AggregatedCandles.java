package io.tabot.market;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Higher timeframes made of the candles of one series, for when nothing else is known of a symbol: in a file. A higher
 * candle that lacks a part is left out.
 */
public final class AggregatedCandles implements HigherCandles {
    private final Timeframe base;
    private final CandleWindow parts;
    private final HigherViews views;

    /** @param timeframes the higher ones; none is fine */
    public AggregatedCandles(Timeframe base, Collection<Timeframe> timeframes) {
        this.base = base;
        this.parts = new CandleWindow(partsMax(base, timeframes));
        this.views = new HigherViews(base, parts);
        // One more than are shown: the candle that closes at the very instant is stored already, and shown anew.
        timeframes.forEach(higher -> views.read(higher, new CandleWindow(LENGTH_MAX + 1)));
    }

    /** One more candle of the series, newer than all before. */
    public void add(Candle candle) {
        if (parts.insert(candle) != CandleWindow.Placement.APPENDED) {
            throw new IllegalArgumentException("a candle of " + candle.openTime() + " is not newer than all before");
        }
        views.storeClosedAt(base.closeTime(candle.openTime()));
    }

    @Override
    public @Nullable CandleSeries closedBy(Timeframe timeframe, long instant) {
        return views.closedBy(timeframe, instant);
    }

    @Override
    public boolean isKnown(Timeframe timeframe, long instant) {
        return views.isKnown(timeframe, instant);
    }

    private static int partsMax(Timeframe base, Collection<Timeframe> timeframes) {
        return timeframes.stream()
                .mapToInt(higher -> (int)
                        Math.ceilDiv(higher.longest().toMillis(), base.longest().toMillis()))
                .max()
                .orElse(1);
    }
}
