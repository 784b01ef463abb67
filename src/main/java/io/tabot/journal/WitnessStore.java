package io.tabot.journal;

import java.io.IOException;
import java.util.Optional;

/** Where the witness's one value is kept. Blocks. Whoever replaces it must have seen the newest. */
public interface WitnessStore {
    /**
     * A value and the mark that its replacement has to name.
     *
     * @param mark of the store; 0 for a value that was never written
     */
    record Versioned(WitnessLog log, long mark) {}

    /** The value as it is, read from where it is kept. What can't be understood counts as empty: it is lost. */
    Versioned read() throws IOException;

    /**
     * Replaces the value if it still has that mark.
     *
     * @return the new mark; nothing if somebody else was first
     * @throws IOException if it is not known whether it was replaced
     */
    Optional<Long> replace(long mark, WitnessLog log) throws IOException;
}
