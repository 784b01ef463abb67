package io.tabot.signal;

import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import io.tabot.strategy.Decision.Action;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** All signals since the start, counted by strategy, symbol, timeframe and action. Safe on any thread. */
public final class SignalTallies {
    public static final String NAME = "ta_bot_signals_generated";
    public static final String DESCRIPTION = "Signals, sent or withheld";

    /** What each count is told apart by. */
    public static final List<String> LABELS = List.of("strategy", "symbol", "timeframe", "action");

    private record Key(Symbol symbol, Timeframe timeframe) {}

    private final Map<Key, SignalTally> tallies = new ConcurrentHashMap<>();
    /** Strategies in the order in which they first fired. */
    private final Map<String, Integer> numbers = new ConcurrentHashMap<>();

    private final AtomicInteger numbered = new AtomicInteger();

    /** The one of this symbol and timeframe. Only one actor at a time counts there. */
    SignalTally of(Symbol symbol, Timeframe timeframe) {
        return tallies.computeIfAbsent(new Key(symbol, timeframe), _ -> new SignalTally());
    }

    int number(String strategyId) {
        return numbers.computeIfAbsent(strategyId, _ -> numbered.getAndIncrement());
    }

    /** Those above zero, by the values of {@link #LABELS}, in their order. */
    public Map<List<String>, Long> counts() {
        var counts = new HashMap<List<String>, Long>();
        tallies.forEach((key, tally) -> numbers.forEach((strategyId, number) -> {
            for (var action : Action.values()) {
                var count = tally.count(number, action);
                if (count > 0) {
                    counts.put(List.of(strategyId, key.symbol.name(), key.timeframe.id(), id(action)), (long) count);
                }
            }
        }));
        return counts;
    }

    private static String id(Action action) {
        return action.name().toLowerCase(Locale.ROOT);
    }
}
