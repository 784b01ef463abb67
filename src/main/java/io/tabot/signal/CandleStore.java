package io.tabot.signal;

import io.tabot.market.CandleHistory;

/**
 * Somewhere that candles of the past can be read, to decide on them again.
 *
 * @param name what answers name it by
 */
public record CandleStore(String name, CandleHistory history) {}
