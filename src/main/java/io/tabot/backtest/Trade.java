package io.tabot.backtest;

/**
 * One position from entry to exit. Candles are named by their index; prices are fills, slippage included.
 *
 * @param stopLoss where the decision put it, in quote currency
 * @param profit share of the capital that went in, fees paid; -1 when all of it is lost
 */
public record Trade(
        Side side,
        int entry,
        double entryPrice,
        double stopLoss,
        double takeProfit,
        int exit,
        double exitPrice,
        Exit reason,
        double profit) {
    /** What ended a position. */
    public enum Exit {
        STOP_LOSS,
        TAKE_PROFIT,
        /** The strategy decided for the other side. */
        OPPOSITE,
        /** The strategy decided to close. */
        CLOSE,
        /** A short position had lost all of its capital. */
        RUIN,
        /** There were no more candles: closed at the last close, to be counted. */
        END
    }

    public Trade {
        if (entry > exit) {
            throw new IllegalArgumentException("exit " + exit + " lies before entry " + entry);
        }
    }

    /** What one unit of capital became. */
    double growth() {
        return 1 + profit;
    }
}
