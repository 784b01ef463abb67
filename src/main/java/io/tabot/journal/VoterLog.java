package io.tabot.journal;

import io.tabot.config.Term;
import io.tabot.config.VoterRecord;
import io.tabot.config.VoterState;
import io.tabot.config.Writer;

/**
 * What a voter keeps: a fold over its records in order. Holds hashes and positions, not the events themselves.
 * Replaced events are neither marked nor deleted: they are just not kept. A record that does not fit throws: the
 * journal is corrupt, and a corrupt voter must not vote. Immutable: a restarted voter folds from the same beginning.
 */
final class VoterLog {
    private final KeptEvents kept;
    private final long position;
    private final Writer fence;
    private final Term last;

    private VoterLog(KeptEvents kept, long position, Writer fence, Term last) {
        this.kept = kept;
        this.position = position;
        this.fence = fence;
        this.last = last;
    }

    static VoterLog empty() {
        return new VoterLog(KeptEvents.none(), 0, Writer.NONE, Term.NONE);
    }

    /** The state in short, as the protocol tells it. */
    VoterState state() {
        return new VoterState(position, fence, last, kept.revision(), kept.hash(kept.revision()));
    }

    long revision() {
        return kept.revision();
    }

    /** Where the kept event of this revision lies. */
    long positionOf(long revision) {
        return kept.position(revision);
    }

    /** The record as it would be stored now. */
    StoredRecord next(VoterRecord record) {
        return new StoredRecord(position + 1, record);
    }

    VoterLog apply(StoredRecord stored) {
        if (stored.position() != position + 1) {
            throw new CorruptJournalException("record " + stored.position() + " follows record " + position);
        }
        var record = stored.record();
        var promised = record.by().term().compareTo(fence.term()) > 0 ? record.by() : fence;
        return switch (record) {
            case VoterRecord.Claim _ -> new VoterLog(kept, stored.position(), promised, last);
            case VoterRecord.Event event ->
                new VoterLog(keep(stored.position(), event), stored.position(), promised, event.origin());
            case VoterRecord.TermOpened opened ->
                new VoterLog(
                        open(opened), stored.position(), promised, opened.by().term());
        };
    }

    private KeptEvents keep(long recordPosition, VoterRecord.Event record) {
        var event = record.event();
        var previous = event.revision() - 1;
        if (previous > kept.revision() || !event.previousHash().equals(kept.hash(previous))) {
            throw new CorruptJournalException(
                    "revision " + event.revision() + " does not follow from what is kept up to " + kept.revision());
        }
        return kept.upTo(previous).with(event.hash(), recordPosition);
    }

    private KeptEvents open(VoterRecord.TermOpened opened) {
        if (opened.baseRevision() > kept.revision() || !opened.baseHash().equals(kept.hash(opened.baseRevision()))) {
            throw new CorruptJournalException("term " + opened.by().term() + " opens on revision "
                    + opened.baseRevision() + ", which is not what is kept");
        }
        return kept.upTo(opened.baseRevision());
    }
}
