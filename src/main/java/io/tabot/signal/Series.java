package io.tabot.signal;

import io.tabot.market.Candle;
import io.tabot.market.CandleWindow;
import io.tabot.market.Timeframe;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The candles that a SignalActor holds of one timeframe: from the history, then as they come. */
abstract sealed class Series permits TimeframeState, HigherSeries {
    /** Candles kept. */
    static final int CAPACITY = 300;

    final Timeframe timeframe;
    final CandleWindow window = new CandleWindow(CAPACITY);
    private boolean cold;
    private boolean outdated;

    Series(Timeframe timeframe) {
        this.timeframe = timeframe;
    }

    /** The history before the newest candles could not be read; it is asked again before the next one. */
    final boolean isCold() {
        return cold;
    }

    final void cold(boolean isCold) {
        cold = isCold;
    }

    /** The history may have more by now than what is held: it is asked before the next candle. */
    final void outdated() {
        outdated = true;
    }

    final boolean mustReadHistory() {
        return cold || outdated;
    }

    final void fill(List<Candle> history) {
        outdated = false;
        fill(window, history);
    }

    /** All that are held, oldest first. */
    final List<Candle> candles() {
        var all = window.newest(CAPACITY);
        return IntStream.range(0, all.length()).mapToObj(all::candle).toList();
    }

    /** A window of these candles alone. */
    static CandleWindow windowOf(List<Candle> history) {
        var window = new CandleWindow(CAPACITY);
        fill(window, history);
        return window;
    }

    private static void fill(CandleWindow window, List<Candle> history) {
        history.stream().sorted(Comparator.comparingLong(Candle::openTime)).forEach(window::insert);
    }
}
