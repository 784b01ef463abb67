package io.tabot;

import java.time.Duration;

/**
 * What backtests over the API may take.
 *
 * @param candlesMax of one run
 * @param timeout of one run
 * @param atOnce runs at a time
 */
public record BacktestSettings(int candlesMax, Duration timeout, int atOnce) {
    static final int CANDLES_MAX = 1_000_000;

    /** The API gives up waiting for an answer soon after. */
    static final Duration TIMEOUT_MAX = Duration.ofSeconds(15);

    /** There are no more threads for them. */
    static final int AT_ONCE_MAX = 8;

    public BacktestSettings {
        SettingsException.unless(
                1 <= candlesMax && candlesMax <= CANDLES_MAX,
                "backtest.max-candles",
                candlesMax,
                "a whole number from 1 to " + CANDLES_MAX);
        SettingsException.unless(
                timeout.isPositive() && timeout.compareTo(TIMEOUT_MAX) <= 0,
                "backtest.timeout",
                timeout,
                "a duration above 0, at most 15s");
        SettingsException.unless(
                1 <= atOnce && atOnce <= AT_ONCE_MAX,
                "backtest.at-once",
                atOnce,
                "a whole number from 1 to " + AT_ONCE_MAX);
    }
}
