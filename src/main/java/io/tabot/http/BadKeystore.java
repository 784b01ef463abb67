package io.tabot.http;

/** A keystore that TLS can't be served with. The message names the file and no secret. */
public final class BadKeystore extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadKeystore(String message) {
        super(message);
    }
}
