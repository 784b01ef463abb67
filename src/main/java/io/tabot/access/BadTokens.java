package io.tabot.access;

/** A list of tokens that can't be used. The message is made for the operator, and quotes nothing of the list. */
public final class BadTokens extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BadTokens(String message) {
        super(message);
    }
}
