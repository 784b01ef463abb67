package io.tabot.importer;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one document of the Python bot's database.
 *
 * @param at when it says that it happened, or null if it does not say
 * @param document of ours that it is about, or null if it does not say
 * @param isInForce whether it is what was in force there, and not history
 * @param revision of the event that was made of it, or 0
 * @param notes why it was not taken over, or what had to be changed or read into it
 */
public record ImportItem(
        String collection,
        String id,
        @Nullable Instant at,
        @Nullable String document,
        boolean isInForce,
        Verdict verdict,
        long revision,
        List<String> notes) {
    /** What became of it. */
    public enum Verdict {
        /** It is an event now. */
        TAKEN_OVER,
        /** It is what was there already. */
        UNCHANGED,
        /** A document in force that its audit does not explain: an event brings it level. */
        LEVELLED,
        /** It means nothing here, on purpose. */
        LEFT_OUT,
        /** It could not be taken over. */
        REFUSED
    }

    public ImportItem {
        notes = List.copyOf(notes);
    }
}
