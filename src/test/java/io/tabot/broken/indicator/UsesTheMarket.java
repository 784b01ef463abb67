package io.tabot.broken.indicator;

import io.tabot.broken.market.ReadsTheClock;

/** Wrong on purpose: indicators know arrays of doubles and nothing else. */
public record UsesTheMarket(ReadsTheClock market) {}
