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

    /** The same, decided under this revision of the configuration. */
    public static Signal under(long revision, Signal signal) {
        return new Signal(
                signal.strategyId(),
                signal.symbol(),
                signal.timeframe(),
                signal.openTime(),
                signal.closeTime(),
                signal.action(),
                signal.confidence(),
                signal.currentPrice(),
                signal.price(),
                signal.strength(),
                signal.orderType(),
                signal.stopLoss(),
                signal.takeProfit(),
                Map.of("config_revision", revision),
                signal.intentId());
    }

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
