package io.tabot.strategy;

import io.tabot.strategy.Decision.Action;
import io.tabot.strategy.Decision.OrderType;
import io.tabot.strategy.Decision.Strength;

/**
 * An entry beyond the newest candle: bought above its high with the stop loss at its low, or sold below its low with
 * the stop loss at its high.
 */
record BreakoutEntry(Action action, double price, double stopLoss, double takeProfit) {
    static BreakoutEntry above(EvaluationContext context, double reward) {
        var high = context.high(context.newest());
        var low = context.low(context.newest());
        return new BreakoutEntry(Action.BUY, high, low, high + reward * (high - low));
    }

    static BreakoutEntry below(EvaluationContext context, double reward) {
        var high = context.high(context.newest());
        var low = context.low(context.newest());
        return new BreakoutEntry(Action.SELL, low, high, low - reward * (high - low));
    }

    Decision decide(EvaluationContext context, double confidence, Metadata metadata) {
        return decide(context, confidence, Strength.MEDIUM, metadata);
    }

    Decision decide(EvaluationContext context, double confidence, Strength strength, Metadata metadata) {
        return new Decision(
                action, confidence, price, stopLoss, takeProfit, strength, orderType(context), metadata.values());
    }

    /** Adds what the entry is, in the order in which every breakout tells it. */
    Metadata describe(Metadata metadata, double reward) {
        return metadata.with("entry_price", price)
                .with("stop_loss", stopLoss)
                .with("take_profit", takeProfit)
                .with("risk_reward_ratio", reward);
    }

    /** The price is not reached yet: a market order, as the original has it, would be filled elsewhere. */
    static OrderType orderType(EvaluationContext context) {
        return context.isCorrected() ? OrderType.STOP : OrderType.MARKET;
    }
}
