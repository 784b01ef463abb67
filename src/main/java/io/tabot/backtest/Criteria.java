package io.tabot.backtest;

import org.jspecify.annotations.Nullable;

/**
 * What the trades of one strategy, or of all together, came to. Shares, not percentages; null where there is nothing to
 * divide by.
 *
 * @param winRate share of the trades that earned something after fees
 * @param totalReturn of the capital at the beginning
 * @param maxDrawdown the deepest fall of the equity below its highest value before, as a share of that
 * @param sharpeRatio of the returns from candle to candle, over a year, against holding cash without interest
 * @param profitFactor what the winning trades earned over what the losing ones lost
 * @param exposure share of the candles on which there was a position; of all strategies, their mean
 */
public record Criteria(
        int trades,
        @Nullable Double winRate,
        double totalReturn,
        double maxDrawdown,
        @Nullable Double sharpeRatio,
        @Nullable Double profitFactor,
        double exposure) {}
