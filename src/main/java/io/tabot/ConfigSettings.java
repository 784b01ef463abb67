package io.tabot;

import java.time.Duration;
import java.util.List;

/**
 * How a configuration change is stored, pushed and judged.
 *
 * @param appendTimeout how long a journal may take to store a change
 * @param pushTimeout how long a node waits for its symbols to confirm a change
 * @param heartbeat how often the revision in force is repeated
 * @param quoteCurrencies what the name of a symbol may end in
 */
public record ConfigSettings(
        Duration appendTimeout, Duration pushTimeout, Duration heartbeat, List<String> quoteCurrencies) {
    public ConfigSettings {
        quoteCurrencies = List.copyOf(quoteCurrencies);
        positive("config.append-timeout", appendTimeout);
        positive("config.push-timeout", pushTimeout);
        positive("config.heartbeat", heartbeat);
        SettingsException.unless(
                !quoteCurrencies.isEmpty()
                        && quoteCurrencies.stream().allMatch(currency -> currency.matches("[A-Z0-9]{1,10}")),
                "config.quote-currencies",
                quoteCurrencies,
                "at least one name of 1 to 10 capital letters and digits, e.g. USDT");
    }

    private static void positive(String key, Duration duration) {
        SettingsException.unless(duration.isPositive(), key, duration, "a duration above 0, e.g. 2s");
    }
}
