package io.tabot.signal;

import io.tabot.market.Candle;
import io.tabot.signal.SignalActor.Command;
import io.tabot.signal.SignalActor.Observe;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What of one timeframe has to wait: while the history is read for the first candle of the line, or, while the line is
 * held, for a candle that this one has overtaken on its way. In order of arrival until it is sorted.
 */
final class CandleLine {
    private final Deque<Command> waiting = new ArrayDeque<>();
    private boolean held;

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Whether it waits for a candle and not for the history. */
    boolean isHeld() {
        return held;
    }

    boolean isFirst(Observe observe) {
        return !isEmpty() && waiting.getFirst().equals(observe);
    }

    void add(Command command) {
        waiting.add(command);
    }

    /** Begins a line that waits for a candle before this one. */
    void hold(Observe first) {
        waiting.add(first);
        held = true;
    }

    /** Adds a candle; whether it is the one that the line was held for. */
    boolean takeIn(Observe observe, TimeframeState state) {
        var isAwaited = held
                && observe.sequence() < ((Observe) waiting.getFirst()).sequence()
                && isNew(observe.candle(), state)
                && !state.lacksHistoryBefore(observe.candle());
        waiting.add(observe);
        return isAwaited;
    }

    /** Whether a candle waits that has to be evaluated before this one: it is older and was handed out earlier. */
    boolean hasEarlierThan(Observe first, TimeframeState state) {
        return observes()
                .anyMatch(observe -> observe.sequence() < first.sequence()
                        && observe.candle().openTime() < first.candle().openTime()
                        && isNew(observe.candle(), state));
    }

    /** Puts the candles into their order, and ends the hold; the first of them. */
    Observe sort(TimeframeState state) {
        waiting.addAll(leave(state));
        return observes().findFirst().orElseThrow();
    }

    /**
     * Everybody leaves: new candles in the order in which they were handed out, all else where it came, but not ahead
     * of any of them that came before it.
     */
    List<Command> leave(TimeframeState state) {
        var sorted = observes()
                .filter(observe -> isNew(observe.candle(), state))
                .sorted(Comparator.comparingLong(Observe::sequence))
                .iterator();
        var line = new ArrayList<Command>();
        Set<Command> ahead = Collections.newSetFromMap(new IdentityHashMap<>());
        Set<Command> gone = Collections.newSetFromMap(new IdentityHashMap<>());
        for (var command : waiting) {
            if (command instanceof Observe observe && isNew(observe.candle(), state)) {
                ahead.add(command);
            } else {
                while (!gone.containsAll(ahead)) {
                    var next = sorted.next();
                    gone.add(next);
                    line.add(next);
                }
                ahead.clear();
                line.add(command);
            }
        }
        sorted.forEachRemaining(line::add);
        waiting.clear();
        held = false;
        return line;
    }

    private Stream<Observe> observes() {
        return waiting.stream().filter(Observe.class::isInstance).map(Observe.class::cast);
    }

    private static boolean isNew(Candle candle, TimeframeState state) {
        return !state.isLate(candle);
    }
}
