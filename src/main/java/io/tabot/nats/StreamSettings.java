package io.tabot.nats;

import java.time.Duration;

/**
 * How a JetStream stream is made when it is missing. One that exists is used as it is.
 *
 * @param messagesPerSubject how many to keep of each subject; 0 for all
 * @param maxAge how long to keep a message; zero for ever
 * @param duplicateWindow for how long a message id is remembered
 * @param replicas 1, or 3 or 5 where NATS is clustered
 */
public record StreamSettings(
        String name,
        long messagesPerSubject,
        Duration maxAge,
        Duration duplicateWindow,
        Storage storage,
        int replicas) {
    public enum Storage {
        FILE,
        MEMORY
    }

    private static final int REPLICAS_MAX = 5;

    public StreamSettings {
        if (!name.matches("[A-Za-z0-9_-]{1,255}")) {
            throw new IllegalArgumentException("'" + name + "' is no stream name: letters, digits, - and _");
        }
        if (messagesPerSubject < 0) {
            throw new IllegalArgumentException("messages per subject of " + name + " may not be negative");
        }
        if (maxAge.isNegative()) {
            throw new IllegalArgumentException("the max age of " + name + " may not be negative");
        }
        if (!duplicateWindow.isPositive()) {
            throw new IllegalArgumentException("the duplicate window of " + name + " must be positive");
        }
        if (maxAge.isPositive() && duplicateWindow.compareTo(maxAge) > 0) {
            throw new IllegalArgumentException("the duplicate window of " + name + " may not exceed its max age");
        }
        if (replicas < 1 || replicas > REPLICAS_MAX) {
            throw new IllegalArgumentException("replicas of " + name + " are 1 to " + REPLICAS_MAX);
        }
    }
}
