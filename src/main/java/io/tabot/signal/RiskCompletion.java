package io.tabot.signal;

import io.tabot.strategy.Decision;
import io.tabot.strategy.Decision.Action;
import io.tabot.strategy.EvaluationContext;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gives a decision the stop loss and take profit that it lacks: multiples of the ATR around the newest close. */
final class RiskCompletion {
    private static final int ATR_PERIOD = 14;
    private static final double STOP_LOSS_ATR = 2;
    private static final double TAKE_PROFIT_ATR = 3;

    /** Shares of the price, for when there is no ATR. */
    private static final double STOP_LOSS_SHARE = 0.02;

    private static final double TAKE_PROFIT_SHARE = 0.05;

    private RiskCompletion() {}

    static Decision complete(Decision decision, EvaluationContext context) {
        if (context.isCorrected()) {
            return corrected(decision, context);
        }
        return isComplete(decision) ? decision : recomputed(decision, context);
    }

    /** Whether the price lies between stop loss and take profit, the right way round. Only a trade has sides. */
    static boolean isOnRightSides(Decision decision) {
        var stopLoss = orNan(decision.stopLoss());
        var takeProfit = orNan(decision.takeProfit());
        return switch (decision.action()) {
            case BUY -> stopLoss < decision.price() && decision.price() < takeProfit;
            case SELL -> takeProfit < decision.price() && decision.price() < stopLoss;
            case HOLD, CLOSE -> true;
        };
    }

    static double orNan(@Nullable Double value) {
        return value == null ? Double.NaN : value;
    }

    private static Decision corrected(Decision decision, EvaluationContext context) {
        if (decision.action() == Action.HOLD) {
            return with(decision, null, null, decision.metadata());
        }
        return isComplete(decision) && isOnRightSides(decision) ? decision : recomputed(decision, context);
    }

    private static boolean isComplete(Decision decision) {
        return decision.stopLoss() != null && decision.takeProfit() != null;
    }

    private static Decision recomputed(Decision decision, EvaluationContext context) {
        var close = context.close(context.newest());
        var atr = context.atr(ATR_PERIOD)[context.newest()];
        var stopLossShare = atr > 0 ? STOP_LOSS_ATR * atr / close : STOP_LOSS_SHARE;
        var takeProfitShare = atr > 0 ? TAKE_PROFIT_ATR * atr / close : TAKE_PROFIT_SHARE;
        // The original treats whatever is not a buy as a sell.
        var side = decision.action() == Action.BUY ? 1 : -1;
        var stopLoss = close * (1 - side * stopLossShare);
        var takeProfit = close * (1 + side * takeProfitShare);
        var metadata = context.metadata()
                .withAll(decision.metadata())
                .with("stop_loss_calculated", true)
                .with("stop_loss", stopLoss)
                .with("take_profit", takeProfit);
        return with(decision, stopLoss, takeProfit, metadata.values());
    }

    private static Decision with(
            Decision decision,
            @Nullable Double stopLoss,
            @Nullable Double takeProfit,
            Map<String, @Nullable Object> metadata) {
        return new Decision(
                decision.action(),
                decision.confidence(),
                decision.price(),
                stopLoss,
                takeProfit,
                decision.strength(),
                decision.orderType(),
                metadata);
    }
}
