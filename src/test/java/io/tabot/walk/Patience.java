package io.tabot.walk;

import java.time.Duration;

/** How long the walk waits for what has to come. */
final class Patience {
    static final Duration LONG = Duration.ofSeconds(240);
    static final Duration POLL = Duration.ofMillis(150);

    private Patience() {}
}
