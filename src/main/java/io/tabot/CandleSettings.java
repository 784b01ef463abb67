package io.tabot;

import java.time.Duration;

/**
 * How candles flow through this process.
 *
 * @param inFlight candles in work at a time
 * @param historyTimeout how long a symbol waits for its history
 */
public record CandleSettings(int inFlight, Duration historyTimeout) {
    static final int IN_FLIGHT_MAX = 100_000;

    public CandleSettings {
        SettingsException.unless(
                1 <= inFlight && inFlight <= IN_FLIGHT_MAX,
                "candles.in-flight",
                inFlight,
                "a whole number from 1 to " + IN_FLIGHT_MAX);
        SettingsException.unless(
                historyTimeout.isPositive(), "candles.history-timeout", historyTimeout, "a duration above 0, e.g. 10s");
    }
}
