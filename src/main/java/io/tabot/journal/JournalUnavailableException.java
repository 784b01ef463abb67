package io.tabot.journal;

/** A journal can't be used at all, for a reason that the operator can mend. */
public final class JournalUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public JournalUnavailableException(String message) {
        super(message);
    }
}
