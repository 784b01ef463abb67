package io.tabot;

import java.time.Duration;

/**
 * What live streams may cost.
 *
 * @param max how many may be open at a time
 * @param heartbeat how often a silent one shows that it lives
 */
public record StreamLimits(int max, Duration heartbeat) {
    /** Connections that answer requests are to be left. */
    private static final int MAX = 3_000;

    private static final Duration SHORTEST = Duration.ofSeconds(1);

    /** Connections that are silent for a minute are closed. */
    private static final Duration LONGEST = Duration.ofSeconds(45);

    public StreamLimits {
        SettingsException.unless(max <= MAX, "http.streams.max", max, "at most " + MAX);
        SettingsException.unless(
                heartbeat.compareTo(SHORTEST) >= 0 && heartbeat.compareTo(LONGEST) <= 0,
                "http.streams.heartbeat",
                heartbeat,
                "from 1s to 45s");
    }
}
