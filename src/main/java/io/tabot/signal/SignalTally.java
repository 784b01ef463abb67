package io.tabot.signal;

import io.tabot.strategy.Decision.Action;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * How many signals there were of one symbol and timeframe, by the number of the strategy and the action. A meter for
 * each would take twenty times the memory. One thread counts, any may look.
 */
final class SignalTally {
    private static final int ACTIONS = Action.values().length;
    private static final int STRATEGIES_TYPICAL = 8;

    private volatile AtomicIntegerArray counts = new AtomicIntegerArray(STRATEGIES_TYPICAL * ACTIONS);

    void add(int strategy, Action action) {
        var place = place(strategy, action);
        if (place >= counts.length()) {
            grow(place + 1);
        }
        counts.lazySet(place, counts.get(place) + 1);
    }

    int count(int strategy, Action action) {
        var known = counts;
        var place = place(strategy, action);
        return place < known.length() ? known.get(place) : 0;
    }

    private void grow(int needed) {
        var known = counts;
        var more = new AtomicIntegerArray(Math.max(needed, 2 * known.length()));
        for (var i = 0; i < known.length(); i++) {
            more.lazySet(i, known.get(i));
        }
        counts = more;
    }

    private static int place(int strategy, Action action) {
        return strategy * ACTIONS + action.ordinal();
    }
}
