package io.tabot.market;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one series can see of higher timeframes whose candles arrive by themselves. Made once a series; follows it. */
public final class HigherViews implements HigherCandles {
    private final Timeframe base;
    private final CandleWindow candles;
    private final HigherScratch scratch;
    private final Map<Timeframe, HigherWindow> windows = new EnumMap<>(Timeframe.class);

    /** @param candles the series, which ends with the candle that is evaluated */
    public HigherViews(Timeframe base, CandleWindow candles) {
        this(base, candles, new HigherScratch());
    }

    /** @param scratch shared by series that are evaluated one after the other: an answer to one ends that to another */
    public HigherViews(Timeframe base, CandleWindow candles, HigherScratch scratch) {
        this.base = base;
        this.candles = candles;
        this.scratch = scratch;
    }

    /** From now on, reads the candles of a higher timeframe in this window. */
    public void read(Timeframe timeframe, CandleWindow stored) {
        var known = windows.get(timeframe);
        if (known == null || !known.reads(stored)) {
            windows.put(timeframe, new HigherWindow(base, candles, timeframe, stored, scratch.of(timeframe)));
        }
    }

    @Override
    public @Nullable CandleSeries closedBy(Timeframe timeframe, long instant) {
        var window = windows.get(timeframe);
        return window == null ? null : window.closedBy(instant);
    }

    @Override
    public boolean isKnown(Timeframe timeframe, long instant) {
        var window = windows.get(timeframe);
        return window != null && window.isKnown(instant);
    }

    /** Stores each higher candle that closes at this instant as made of its parts. */
    void storeClosedAt(long instant) {
        windows.values().forEach(window -> window.storeClosedAt(instant));
    }
}
