package io.tabot.backtest;

import io.tabot.strategy.Decision;
import io.tabot.strategy.Decision.Action;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Trades the decisions of one strategy on paper: one position at a time, with all of its capital. A decision on one
 * candle is acted on at the next; where a candle does not tell what came first, the worse is taken.
 */
final class PaperAccount {
    /** A loss that leaves no more than rounding errors. */
    private static final double GROWTH_MIN = 1e-9;

    /** @param stop the stop loss, or where a short has lost everything if that comes first */
    private record Position(Side side, int entry, double price, double stopLoss, double stop, double takeProfit) {}

    private final Costs costs;
    private final List<Trade> trades = new ArrayList<>();
    private final SkipCounts skipped = new SkipCounts();
    private @Nullable Position position;
    private @Nullable Decision order;
    private int decisions;
    private boolean isRuined;

    PaperAccount(Costs costs) {
        this.costs = costs;
    }

    /** What to do at the candle after the one that was told last. */
    void decided(Decision decision) {
        decisions++;
        if (decision.action() == Action.HOLD) {
            skipped.hold++;
        } else {
            order = decision;
        }
    }

    /** Lives through the next candle: its open first, then what lies between high and low. */
    void candle(int index, double open, double high, double low) {
        if (position == null && order == null) {
            return;
        }
        leaveAtOpen(index, open);
        act(index, open, high, low);
        leaveWithin(index, high, low);
    }

    /** Closes what is open at the close of the last candle. */
    void end(int index, double close) {
        if (order != null) {
            order = null;
            skipped.other++;
        }
        if (position != null) {
            exit(position, index, position.side().exitFill(close, costs), Trade.Exit.END);
        }
    }

    List<Trade> trades() {
        return List.copyOf(trades);
    }

    int decisions() {
        return decisions;
    }

    Skipped skipped() {
        return skipped.get();
    }

    /** A gap past the stop loss fills at the open, which is worse; one past the take profit at its own price. */
    private void leaveAtOpen(int index, double open) {
        if (position == null) {
            return;
        }
        if (position.side().hasFallenTo(open, position.stop())) {
            exit(position, index, position.side().exitFill(open, costs), Trade.Exit.STOP_LOSS);
        } else if (position.side().hasReached(open, position.takeProfit())) {
            exit(position, index, position.takeProfit(), Trade.Exit.TAKE_PROFIT);
        }
    }

    /** The stop loss goes first where both are touched. */
    private void leaveWithin(int index, double high, double low) {
        if (position == null) {
            return;
        }
        var side = position.side();
        if (side.hasFallenTo(side.worst(high, low), position.stop())) {
            exit(position, index, side.exitFill(position.stop(), costs), Trade.Exit.STOP_LOSS);
        } else if (side.hasReached(side.best(high, low), position.takeProfit())) {
            exit(position, index, position.takeProfit(), Trade.Exit.TAKE_PROFIT);
        }
    }

    private void act(int index, double open, double high, double low) {
        var decision = order;
        order = null;
        if (decision == null) {
            return;
        }
        switch (decision.action()) {
            case BUY -> take(Side.LONG, decision, index, open, high, low);
            case SELL -> take(Side.SHORT, decision, index, open, high, low);
            case CLOSE -> close(index, open);
            case HOLD -> throw new IllegalStateException("holding is no order");
        }
    }

    private void close(int index, double open) {
        if (position == null) {
            skipped.other++;
        } else {
            exit(position, index, position.side().exitFill(open, costs), Trade.Exit.CLOSE);
        }
    }

    private void take(Side side, Decision decision, int index, double open, double high, double low) {
        if (position != null && position.side() == side) {
            skipped.inPosition++;
            return;
        }
        if (position != null) {
            exit(position, index, position.side().exitFill(open, costs), Trade.Exit.OPPOSITE);
        }
        if (isRuined) {
            skipped.other++;
            return;
        }
        switch (decision.orderType()) {
            case MARKET -> enter(side, decision, index, open);
            case STOP, STOP_LIMIT -> stopEntry(side, decision, index, open, side.best(high, low));
            case LIMIT, TAKE_PROFIT, TAKE_PROFIT_LIMIT -> skipped.other++;
        }
    }

    /** A gap past the price of the order fills at the open, which is worse. */
    private void stopEntry(Side side, Decision decision, int index, double open, double best) {
        if (side.hasReached(open, decision.price())) {
            enter(side, decision, index, open);
        } else if (side.hasReached(best, decision.price())) {
            enter(side, decision, index, decision.price());
        } else {
            skipped.notReached++;
        }
    }

    private void enter(Side side, Decision decision, int index, double price) {
        var fill = side.entryFill(price, costs);
        var stopLoss = orNan(decision.stopLoss());
        var takeProfit = orNan(decision.takeProfit());
        var isBetween = !side.hasFallenTo(fill, stopLoss) && !side.hasReached(fill, takeProfit);
        // A level that is no number compares as passed by neither.
        if (isBetween && Double.isFinite(stopLoss) && Double.isFinite(takeProfit)) {
            var stop = side.first(stopLoss, side.ruin(fill, costs));
            position = new Position(side, index, fill, stopLoss, stop, takeProfit);
        } else {
            skipped.passed++;
        }
    }

    private void exit(Position left, int index, double price, Trade.Exit reason) {
        var growth = left.side().growth(left.price(), price, costs);
        isRuined = !(growth > GROWTH_MIN);
        trades.add(new Trade(
                left.side(),
                left.entry(),
                left.price(),
                left.stopLoss(),
                left.takeProfit(),
                index,
                isRuined ? left.side().ruin(left.price(), costs) : price,
                isRuined ? Trade.Exit.RUIN : reason,
                isRuined ? -1 : growth - 1));
        position = null;
    }

    private static double orNan(@Nullable Double value) {
        return value == null ? Double.NaN : value;
    }

    private static final class SkipCounts {
        private int hold;
        private int inPosition;
        private int notReached;
        private int passed;
        private int other;

        private Skipped get() {
            return new Skipped(hold, inPosition, notReached, passed, other);
        }
    }
}
