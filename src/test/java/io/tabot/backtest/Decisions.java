package io.tabot.backtest;

import io.tabot.strategy.Decision;
import io.tabot.strategy.Decision.Action;
import io.tabot.strategy.Decision.OrderType;
import io.tabot.strategy.Decision.Strength;
import java.util.Map;

/** Decisions of no strategy in particular. */
final class Decisions {
    private Decisions() {}

    static Decision buy(double stopLoss, double takeProfit) {
        return of(Action.BUY, OrderType.MARKET, 100, stopLoss, takeProfit);
    }

    static Decision sell(double stopLoss, double takeProfit) {
        return of(Action.SELL, OrderType.MARKET, 100, stopLoss, takeProfit);
    }

    static Decision close() {
        return of(Action.CLOSE, OrderType.MARKET, 100, Double.NaN, Double.NaN);
    }

    static Decision of(Action action, OrderType type, double price, double stopLoss, double takeProfit) {
        return new Decision(action, 0.7, price, stopLoss, takeProfit, Strength.MEDIUM, type, Map.of());
    }
}
