package io.tabot.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a voter remembers, one record a write. These records are its journal's schema: they only ever grow. */
public sealed interface VoterRecord {
    /** Who wrote it. */
    Writer by();

    /** A promise to take nothing from an older term. It says nothing about history. */
    record Claim(Writer by) implements VoterRecord {}

    /**
     * An event, replacing whatever the voter kept at its revision and above.
     *
     * @param origin the term in which it was decided; kept when another incarnation copies it
     */
    record Event(Writer by, Term origin, ConfigEvent event) implements VoterRecord {}

    /**
     * The writer's term is open on the history up to this base; drops what the voter kept above it.
     *
     * @param voters whose majority counts in this term
     * @param outgoing those whose majority counts as well, while the voters change; else empty
     * @param promotion the one that this generation began with; null in generation 0
     */
    record TermOpened(
            Writer by,
            long baseRevision,
            String baseHash,
            List<String> voters,
            List<String> outgoing,
            Reign.@Nullable Promotion promotion)
            implements VoterRecord {
        public TermOpened {
            voters = List.copyOf(voters);
            outgoing = List.copyOf(outgoing);
        }

        public TermOpened(Writer by, long baseRevision, String baseHash, List<String> voters) {
            this(by, baseRevision, baseHash, voters, List.of(), null);
        }
    }

    /**
     * Every journal holds the history up to here, so a witness need not: it forgets those events. Never for a journal.
     *
     * @param origin of the event of that revision
     */
    record Settled(Writer by, long revision, String hash, Term origin) implements VoterRecord {}
}
