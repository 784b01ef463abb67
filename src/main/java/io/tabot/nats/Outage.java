package io.tabot.nats;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** Keeps a repeated failure to one log line when it begins or changes and one when it is over. Safe on any thread. */
final class Outage {
    private final Logger log;
    private final String what;
    private @Nullable String reason;

    /** @param what what does not work during the outage, as the beginning of a sentence */
    Outage(Logger log, String what) {
        this.log = log;
        this.what = what;
    }

    synchronized void failed(Throwable cause) {
        var message = NatsUrl.withoutUser(cause.getMessage() == null ? cause.toString() : cause.getMessage());
        if (!message.equals(reason)) {
            log.warn("{}: {}. Trying again", what, message);
        }
        reason = message;
    }

    synchronized void over() {
        if (reason != null) {
            log.info("Over: {}", what);
        }
        reason = null;
    }
}
