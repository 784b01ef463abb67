package io.tabot.http;

import java.time.Duration;

/**
 * What streams cost at most.
 *
 * @param max how many may be open at a time
 * @param heartbeat how often a stream without news shows that it lives. Shorter than the time after which silent
 *     connections are closed
 */
public record StreamSettings(int max, Duration heartbeat) {
    public static final StreamSettings DEFAULT = new StreamSettings(1_000, Duration.ofSeconds(15));
}
