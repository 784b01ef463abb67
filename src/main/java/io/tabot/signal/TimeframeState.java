package io.tabot.signal;

import io.tabot.market.Candle;
import io.tabot.market.CandleViews;
import io.tabot.market.CandleWindow;
import io.tabot.market.HigherCandles;
import io.tabot.market.Timeframe;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What a SignalActor holds for one timeframe. */
final class TimeframeState {
    /** Candles kept. */
    static final int CAPACITY = 300;
    /** Candles that a strategy sees, unless it needs more. */
    static final int VIEW = 250;

    final Timeframe timeframe;
    final CandleWindow window = new CandleWindow(CAPACITY);
    final CandleViews views = viewsOf(window);
    /** Wait while the history is read for the first of them; in order of arrival. */
    final Deque<SignalActor.Observe> waiting = new ArrayDeque<>();
    /** Of an earlier life, waiting for the history before each; by open time. */
    final Map<Long, List<SignalActor.Observe>> orphans = new HashMap<>();

    /** Open times of the newest candles that this actor has evaluated, no more than the window can hold. */
    private final TreeSet<Long> evaluated = new TreeSet<>();

    private boolean cold;

    TimeframeState(Timeframe timeframe) {
        this.timeframe = timeframe;
    }

    /** Whether it is not newer than all that this actor has evaluated. */
    boolean isLate(Candle candle) {
        return !evaluated.isEmpty() && candle.openTime() <= evaluated.last();
    }

    /** Whether this very candle was evaluated by this actor; for one that the window can hold. */
    boolean isEvaluated(Candle candle) {
        return evaluated.contains(candle.openTime());
    }

    void evaluated(Candle candle) {
        evaluated.add(candle.openTime());
        if (evaluated.size() > CAPACITY) {
            evaluated.removeFirst();
        }
    }

    /** Its signals went nowhere: when it comes again, it counts as never evaluated. */
    void forget(long openTime) {
        evaluated.remove(openTime);
    }

    /** The history before the newest candles could not be read; it is asked again before the next one. */
    boolean isCold() {
        return cold;
    }

    void cold(boolean isCold) {
        cold = isCold;
    }

    boolean isLoading() {
        return !waiting.isEmpty();
    }

    /** Whether something is missing before this candle, so that the history should be asked first. */
    boolean lacksHistoryBefore(Candle candle) {
        return cold || window.isEmpty() || timeframe.openTimesBetween(window.newestOpenTime(), candle.openTime()) > 0;
    }

    void fill(List<Candle> history) {
        fill(window, history);
    }

    /** A window that ends with this candle, whatever came after it. */
    static CandleWindow windowOf(List<Candle> history, Candle newest) {
        var window = new CandleWindow(CAPACITY);
        fill(window, history);
        var _ = window.insert(newest);
        return window;
    }

    static CandleViews viewsOf(CandleWindow window) {
        return new CandleViews(window.newest(VIEW), window.newest(CAPACITY), HigherCandles.NONE);
    }

    private static void fill(CandleWindow window, List<Candle> history) {
        history.stream().sorted(Comparator.comparingLong(Candle::openTime)).forEach(window::insert);
    }

    /** How many candles are missing just before this one. */
    long missingBefore(Candle candle) {
        return window.isEmpty() ? 0 : timeframe.openTimesBetween(window.newestOpenTime(), candle.openTime());
    }
}
