package io.tabot.config;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who votes in a term, as its opening record says.
 *
 * @param term that was opened
 * @param voters whose majority counts in it
 * @param outgoing those whose majority counts as well, while the voters change; else empty
 * @param promotion the promotion by an operator that its generation began with; null in generation 0
 */
public record Reign(
        Term term,
        List<String> voters,
        List<String> outgoing,
        @Nullable Promotion promotion) {
    /** Before any term was opened. */
    public static final Reign NONE = new Reign(Term.NONE, List.of(), List.of(), null);

    /**
     * An operator's word that the voters named are all that counts: the others are gone.
     *
     * @param id fresh for each promotion: two of one generation exclude each other
     * @param at when it was given; null in records of before that was noted
     */
    public record Promotion(
            String id,
            List<String> voters,
            String by,
            String reason,
            @Nullable Instant at) {
        public Promotion {
            voters = List.copyOf(voters);
        }
    }

    public Reign {
        voters = List.copyOf(voters);
        outgoing = List.copyOf(outgoing);
    }
}
