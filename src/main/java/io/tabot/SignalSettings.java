package io.tabot;

import java.time.Duration;

/**
 * What happens to signals on their way out.
 *
 * @param maxAge a signal whose candle closed longer ago is not sent; zero sends all
 * @param recent how many the API remembers
 */
public record SignalSettings(Duration maxAge, int recent) {
    static final int RECENT_MAX = 100_000;

    public SignalSettings {
        SettingsException.unless(
                !maxAge.isNegative(), "signals.max-age", maxAge, "a duration, e.g. 300s, or 0 to send all");
        SettingsException.unless(
                1 <= recent && recent <= RECENT_MAX,
                "signals.recent",
                recent,
                "a whole number from 1 to " + RECENT_MAX);
    }
}
