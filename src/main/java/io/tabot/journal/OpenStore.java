package io.tabot.journal;

import java.util.Optional;

/**
 * The store of a journal as it was found when it was opened. Blocks. A store that was emptied, or exchanged for
 * another, has lost its identity; one that was set back has fewer records than before.
 */
public interface OpenStore extends AutoCloseable {
    /** One that can't be exchanged while it is open, so that nothing has to be looked at. */
    OpenStore UNWATCHED = new OpenStore() {
        @Override
        public Standing standing() {
            return new Standing(Optional.of(""), Long.MAX_VALUE);
        }

        @Override
        public void close() {}
    };

    /**
     * What is there now.
     *
     * @param identity random, given when the journal was first opened there; nothing if there is none
     * @param position of the newest record, 0 for none
     */
    record Standing(Optional<String> identity, long position) {}

    /** @throws JournalUnavailableException if that can't be told now */
    Standing standing();

    /** Whether records of an earlier history were put aside here when it was opened, now or before. Doesn't block. */
    default boolean hasRemnants() {
        return false;
    }

    @Override
    void close();
}
