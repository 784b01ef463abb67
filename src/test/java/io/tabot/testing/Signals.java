package io.tabot.testing;

import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import io.tabot.signal.Signal;
import io.tabot.strategy.Decision;
import java.util.Map;

/** Signals made by hand, for tests of what becomes of them. */
public final class Signals {
    private static final double PRICE = 50_000;

    private Signals() {}

    /** @param number tells this signal from others */
    public static Signal buy(String strategyId, Symbol symbol, Timeframe timeframe, int number) {
        var open = timeframe.openTime(0) + number * timeframe.longest().toMillis();
        return new Signal(
                strategyId,
                symbol,
                timeframe,
                open,
                timeframe.closeTime(open),
                Decision.Action.BUY,
                0.7,
                PRICE,
                PRICE,
                Decision.Strength.MEDIUM,
                Decision.OrderType.MARKET,
                PRICE * 0.98,
                PRICE * 1.04,
                Map.of("rsi", 55.5),
                "%032x".formatted(number));
    }
}
