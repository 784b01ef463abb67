package io.tabot;

/** The service can't run, for a reason that the operator can mend. The message is all that is shown. */
public final class StartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StartException(String message) {
        super(message);
    }
}
