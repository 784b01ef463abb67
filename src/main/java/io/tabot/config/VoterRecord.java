package io.tabot.config;

import java.util.List;

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

    /** The writer's term is open on the history up to this base; drops what the voter kept above it. */
    record TermOpened(Writer by, long baseRevision, String baseHash, List<String> voters) implements VoterRecord {
        public TermOpened {
            voters = List.copyOf(voters);
        }
    }
}
