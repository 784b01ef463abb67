package io.tabot.http;

import io.tabot.config.ConfigRules;
import io.tabot.market.CandleHistory;

/** What backtests are made of. */
public record Backtests(CandleHistory candles, ConfigRules rules, BacktestLimits limits) {}
