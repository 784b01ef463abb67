package io.tabot.journal;

import java.time.Duration;

/**
 * How long a database driver may wait, in its own time-outs: shorter than the circuit breakers of the journals (3 s in
 * their .conf files), so that a hung server keeps no thread.
 */
final class DriverTimeouts {
    static final Duration CONNECT = Duration.ofMillis(2000);
    static final Duration ANSWER = Duration.ofMillis(2500);

    private DriverTimeouts() {}
}
