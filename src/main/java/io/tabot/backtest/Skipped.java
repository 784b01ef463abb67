package io.tabot.backtest;

/**
 * Decisions that opened no position.
 *
 * @param hold the decision was to hold
 * @param inPosition there was a position of the same side already
 * @param notReached the price of a stop order did not trade on the next candle
 * @param passed the entry would not have been between stop loss and take profit
 * @param other an order type that is not simulated, nothing to close, no capital left, or no candle left
 */
public record Skipped(int hold, int inPosition, int notReached, int passed, int other) {}
