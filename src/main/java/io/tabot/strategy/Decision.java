package io.tabot.strategy;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a strategy says when it fires. Numbers may be NaN here: the engine decides what may go out.
 *
 * @param price the entry price, in quote currency
 * @param stopLoss absolute price; null leaves both stop loss and take profit to the engine
 * @param takeProfit absolute price; null as above
 * @param metadata the strategy's own keys in their order; values are Double, Boolean, String, a map of names to
 *     Boolean, or null for "undefined"
 */
public record Decision(
        Action action,
        double confidence,
        double price,
        @Nullable Double stopLoss,
        @Nullable Double takeProfit,
        Strength strength,
        OrderType orderType,
        Map<String, @Nullable Object> metadata) {
    /** The side of a decision. */
    public enum Action {
        BUY,
        SELL,
        HOLD,
        CLOSE
    }

    /** How strong the strategy calls its own signal. */
    public enum Strength {
        WEAK,
        MEDIUM,
        STRONG,
        EXTREME
    }

    /** How the entry is meant to be ordered. */
    public enum OrderType {
        MARKET,
        LIMIT,
        STOP,
        STOP_LIMIT,
        TAKE_PROFIT,
        TAKE_PROFIT_LIMIT
    }

    public Decision {
        metadata = Metadata.copyOf(metadata);
    }

    /** A market order of medium strength, as nearly every strategy gives it. */
    public static Decision of(
            Action action,
            double confidence,
            double price,
            double stopLoss,
            double takeProfit,
            Map<String, @Nullable Object> metadata) {
        return new Decision(
                action, confidence, price, stopLoss, takeProfit, Strength.MEDIUM, OrderType.MARKET, metadata);
    }

    /** The same, with the metadata as a strategy builds it. */
    static Decision of(
            Action action, double confidence, double price, double stopLoss, double takeProfit, Metadata metadata) {
        return of(action, confidence, price, stopLoss, takeProfit, metadata.values());
    }
}
