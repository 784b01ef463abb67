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

    VoterLog apply(LogEntry entry) {
        var record = entry.head();
        if (record.position() != position + 1) {
            throw new CorruptJournalException("record " + record.position() + " follows record " + position);
        }
        var by = record.by();
        var promised = by.term().compareTo(fence.term()) > 0 ? by : fence;
        return switch (record.effect()) {
            case RecordHead.Claimed() -> new VoterLog(kept, record.position(), promised, last);
            case RecordHead.Kept event ->
                new VoterLog(keep(record.position(), event), record.position(), promised, event.origin());
            case RecordHead.Opened opened -> new VoterLog(open(by, opened), record.position(), promised, by.term());
        };
    }

    private KeptEvents keep(long recordPosition, RecordHead.Kept event) {
        var previous = event.revision() - 1;
        if (previous > kept.revision() || !event.previousHash().equals(kept.hash(previous))) {
            throw new CorruptJournalException(
                    "revision " + event.revision() + " does not follow from what is kept up to " + kept.revision());
        }
        return kept.upTo(previous).with(event.hash(), recordPosition);
    }

    private KeptEvents open(Writer by, RecordHead.Opened opened) {
        if (opened.baseRevision() > kept.revision() || !opened.baseHash().equals(kept.hash(opened.baseRevision()))) {
            throw new CorruptJournalException("term " + by.term() + " opens on revision " + opened.baseRevision()
                    + ", which is not what is kept");
        }
        return kept.upTo(opened.baseRevision());
    }
}
