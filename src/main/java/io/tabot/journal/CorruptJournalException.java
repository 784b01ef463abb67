package io.tabot.journal;

/** The records of a journal do not fit together. The voter stays away until an operator has looked at it. */
public final class CorruptJournalException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CorruptJournalException(String message) {
        super(message);
    }
}
