package io.tabot.journal;

import io.tabot.config.ConfigEvent;
import io.tabot.config.VoterState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the records of one journal come to, up to the first that does not fit. Holds hashes and positions, not events.
 *
 * @param state of the voter that would start on it, with the events that are the history
 * @param newest kept event, without its changes
 * @param orphans events that were stored and are not, or no longer, part of the history
 * @param broken why the record after the last sound one is none, or null
 */
public record JournalContents(
        String voter,
        VoterState state,
        Optional<Headline> newest,
        List<Headline> orphans,
        @Nullable String broken) {
    /** An event in short. */
    public record Headline(
            long revision,
            Instant at,
            String changedBy,
            @Nullable String reason,
            String hash) {
        static Headline of(ConfigEvent event) {
            return new Headline(event.revision(), event.at(), event.changedBy(), event.reason(), event.hash());
        }
    }

    public JournalContents {
        orphans = List.copyOf(orphans);
    }

    public long revision() {
        return state.revision();
    }

    public String hash(long revision) {
        return state.kept().upTo(revision).hash();
    }

    long positionOf(long revision) {
        return state.kept().upTo(revision).position();
    }

    boolean keeps(long position, long revision) {
        return revision <= revision() && positionOf(revision) == position;
    }

    /** The last revision up to which both hold the same events, 0 for none. */
    public long commonWith(JournalContents other) {
        return Math.max(0, state.kept().sharedWith(other.state.kept()));
    }
}
