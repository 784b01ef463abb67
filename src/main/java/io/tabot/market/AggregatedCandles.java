package io.tabot.market;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Higher timeframes as a walk over the candles of one series finds them: candles of their own where there are some, and
 * otherwise made of those of the series. A higher candle that lacks a part is not made.
 */
public final class AggregatedCandles implements HigherCandles {
    private final Timeframe base;
    private final CandleWindow parts;
    private final HigherViews views;
    private final List<Known> known;

    /** Where nothing else is known of a symbol: in a file. */
    public AggregatedCandles(Timeframe base, Collection<Timeframe> timeframes) {
        this(base, timeframes, Map.of());
    }

    /**
     * @param timeframes the higher ones; none is fine
     * @param known candles that they have of their own, oldest first; each is seen from its close on
     */
    public AggregatedCandles(Timeframe base, Collection<Timeframe> timeframes, Map<Timeframe, List<Candle>> known) {
        this.base = base;
        this.parts = new CandleWindow(partsMax(base, timeframes));
        this.views = new HigherViews(base, parts);
        // One more than are shown: the candle that closes at the very instant is stored already, and shown anew.
        this.known = timeframes.stream()
                .map(higher ->
                        new Known(higher, known.getOrDefault(higher, List.of()), new CandleWindow(LENGTH_MAX + 1)))
                .toList();
        this.known.forEach(higher -> views.read(higher.timeframe, higher.stored));
    }

    /** One more candle of the series, newer than all before. */
    public void add(Candle candle) {
        if (parts.insert(candle) != CandleWindow.Placement.APPENDED) {
            throw new IllegalArgumentException("a candle of " + candle.openTime() + " is not newer than all before");
        }
        var instant = base.closeTime(candle.openTime());
        // By index: an iterator would be garbage on every candle.
        for (var i = 0; i < known.size(); i++) {
            known.get(i).storeClosedBy(instant);
        }
        views.storeClosedAt(instant);
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

    /** Candles of one higher timeframe, which become visible one after the other. */
    private static final class Known {
        private final Timeframe timeframe;
        private final List<Candle> candles;
        private final CandleWindow stored;
        private int next;

        private Known(Timeframe timeframe, List<Candle> candles, CandleWindow stored) {
            this.timeframe = timeframe;
            this.candles = List.copyOf(candles);
            this.stored = stored;
        }

        private void storeClosedBy(long instant) {
            while (next < candles.size()
                    && timeframe.closeTime(candles.get(next).openTime()) <= instant) {
                var _ = stored.insert(candles.get(next++));
            }
        }
    }
}
