package io.tabot.journal;

import io.tabot.config.Kept;
import io.tabot.config.Reign;
import io.tabot.config.Term;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which promotions a journal knows of, and what it held itself that they gave up: a part of the fold over its records.
 * Immutable.
 */
public record PromotionLog(List<Entry> entries) {
    static final PromotionLog EMPTY = new PromotionLog(List.of());

    /** A part of a history that was given up: all that this holds above the revision. */
    public record GivenUp(Kept kept, long above) {}

    /**
     * What is known of the promotion that a generation began with.
     *
     * @param promotion null as long as only its consequences have come here
     * @param base the revision that it went on from, if this journal was there
     */
    public record Entry(
            long generation,
            Reign.@Nullable Promotion promotion,
            @Nullable Long base,
            List<GivenUp> givenUp) {
        public Entry {
            givenUp = List.copyOf(givenUp);
        }
    }

    public PromotionLog {
        entries = List.copyOf(entries);
    }

    /** This term was opened, by which the journal learns of its promotion. */
    PromotionLog opened(Term term, Reign.@Nullable Promotion promotion, long base) {
        var known = entry(term.generation());
        if (promotion == null || known.promotion() != null) {
            return this;
        }
        // The first term of a generation is the promotion itself; later ones are opened on what came after it.
        return with(new Entry(term.generation(), promotion, term.number() == 1 ? base : null, known.givenUp()));
    }

    /** A writer of this generation drops what is kept above that revision. */
    PromotionLog gaveUp(long generation, Kept kept, long above) {
        var known = entry(generation);
        var more = new ArrayList<>(known.givenUp());
        more.add(new GivenUp(kept, above));
        return with(new Entry(generation, known.promotion(), known.base(), more));
    }

    private Entry entry(long generation) {
        return entries.stream()
                .filter(entry -> entry.generation() == generation)
                .findFirst()
                .orElseGet(() -> new Entry(generation, null, null, List.of()));
    }

    private PromotionLog with(Entry changed) {
        var all = new ArrayList<>(entries);
        all.removeIf(entry -> entry.generation() == changed.generation());
        all.add(changed);
        return new PromotionLog(all);
    }
}
