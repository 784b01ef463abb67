package io.tabot.signal;

import io.tabot.market.Candle;
import io.tabot.market.CandleViews;
import io.tabot.market.CandleWindow;
import io.tabot.market.HigherCandles;
import io.tabot.market.HigherScratch;
import io.tabot.market.HigherViews;
import io.tabot.market.Timeframe;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a SignalActor holds for one timeframe that strategies run on. */
final class TimeframeState extends Series {
    /** Candles that a strategy sees, unless it needs more. */
    static final int VIEW = 250;

    final HigherViews higher;
    final CandleViews views;
    final CandleLine line = new CandleLine();
    /** Of an earlier life, waiting for the history before each; by open time. */
    final Map<Long, List<SignalActor.Observe>> orphans = new HashMap<>();

    /** Open times of the newest candles that this actor has evaluated, no more than the window can hold. */
    private final OpenTimes evaluated = new OpenTimes(CAPACITY);

    private long newestSequence;

    /** @param scratch shared by the timeframes of a symbol, of which one is evaluated at a time */
    TimeframeState(Timeframe timeframe, HigherScratch scratch) {
        super(timeframe);
        this.higher = new HigherViews(timeframe, window, scratch);
        this.views = viewsOf(window, higher);
    }

    /** Whether it is not newer than all that this actor has evaluated. */
    boolean isLate(Candle candle) {
        return !evaluated.isEmpty() && candle.openTime() <= evaluated.last();
    }

    /** Whether this very candle was evaluated by this actor; for one that the window can hold. */
    boolean isEvaluated(Candle candle) {
        return evaluated.contains(candle.openTime());
    }

    /** Whether a candle that was handed out after this one is evaluated already. */
    boolean hasOvertaken(SignalActor.Observe observe) {
        return observe.sequence() > 0 && observe.sequence() < newestSequence;
    }

    void evaluated(SignalActor.Observe observe) {
        newestSequence = Math.max(newestSequence, observe.sequence());
        evaluated.add(observe.candle().openTime());
    }

    /** Its signals went nowhere: when it comes again, it counts as never evaluated. */
    void forget(long openTime) {
        evaluated.remove(openTime);
    }

    /** Whether somebody waits for the history. */
    boolean isBusy() {
        return isLoading() || !orphans.isEmpty();
    }

    boolean isLoading() {
        return !line.isEmpty();
    }

    /** Whether others that come before it may still be on their way, by another node. */
    boolean mayHaveOvertaken(SignalActor.Observe observe) {
        return observe.sequence() > 0
                && !mustReadHistory()
                && !window.isEmpty()
                && lacksHistoryBefore(observe.candle());
    }

    /** Whether something is missing before this candle, so that the history should be asked first. */
    boolean lacksHistoryBefore(Candle candle) {
        return mustReadHistory()
                || window.isEmpty()
                || timeframe.openTimesBetween(window.newestOpenTime(), candle.openTime()) > 0;
    }

    static CandleViews viewsOf(CandleWindow window, HigherCandles higher) {
        return new CandleViews(window.newest(VIEW), window.newest(CAPACITY), higher);
    }

    /** How many candles are missing just before this one. */
    long missingBefore(Candle candle) {
        return window.isEmpty() ? 0 : timeframe.openTimesBetween(window.newestOpenTime(), candle.openTime());
    }
}
