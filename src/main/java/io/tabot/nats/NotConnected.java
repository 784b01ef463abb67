package io.tabot.nats;

import java.io.IOException;

/** There is no connection to NATS at the moment; the next attempt may find one. */
final class NotConnected extends IOException {
    private static final long serialVersionUID = 1L;

    NotConnected(NatsUrl url) {
        super("not connected to NATS at " + url);
    }
}
