package io.tabot.strategy;

import io.tabot.strategy.Decision.Action;

/**
 * An entry at the newest close, with the stop loss at a level and the take profit so many times that distance away on
 * the other side. Which side the level really is on is not looked at.
 */
record MarketEntry(Action action, double price, double stopLoss, double takeProfit, double reward) {
    static MarketEntry buy(EvaluationContext context, double stopLoss, double reward) {
        var close = context.close(context.newest());
        return new MarketEntry(Action.BUY, close, stopLoss, close + reward * Math.abs(close - stopLoss), reward);
    }

    static MarketEntry sell(EvaluationContext context, double stopLoss, double reward) {
        var close = context.close(context.newest());
        return new MarketEntry(Action.SELL, close, stopLoss, close - reward * Math.abs(close - stopLoss), reward);
    }

    /** The decision, its risk added to the end of the metadata. */
    Decision decide(double confidence, Metadata metadata) {
        var complete = metadata.with("stop_loss", stopLoss)
                .with("take_profit", takeProfit)
                .with("risk_reward_ratio", reward);
        return Decision.of(action, confidence, price, stopLoss, takeProfit, complete);
    }
}
