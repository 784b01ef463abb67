package io.tabot.nats;

/** The NATS address can't be used. The message names the part that is wrong and never a password. */
public final class BadNatsUrl extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    BadNatsUrl(String message) {
        super(message);
    }
}
