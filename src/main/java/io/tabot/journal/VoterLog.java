package io.tabot.journal;

import io.tabot.config.Kept;
import io.tabot.config.Reign;
import io.tabot.config.Term;
import io.tabot.config.VoterRecord;
import io.tabot.config.VoterState;
import io.tabot.config.Writer;

/**
 * What a voter keeps: a fold over its records in order. Holds hashes and positions, not the events themselves.
 * Replaced events are neither marked nor deleted: they are just not kept. A record that does not fit throws: the
 * journal is corrupt, and a corrupt voter must not vote. Immutable: a restarted voter folds from the same beginning.
 */
public record VoterLog(long position, Writer fence, Term last, Kept kept, Reign reign, PromotionLog promotions) {
    /** Before the first record. */
    public static final VoterLog EMPTY = new VoterLog(0, Writer.NONE, Term.NONE, Kept.NOTHING, Reign.NONE);

    VoterLog(long position, Writer fence, Term last, Kept kept, Reign reign) {
        this(position, fence, last, kept, reign, PromotionLog.EMPTY);
    }

    /** The same for a voter that can't tell what it held before. */
    VoterLog withoutPromotions() {
        return promotions.equals(PromotionLog.EMPTY) ? this : new VoterLog(position, fence, last, kept, reign);
    }

    /** The state in short, as the protocol tells it. */
    public VoterState state() {
        return new VoterState(position, fence, last, kept, reign, false);
    }

    public long revision() {
        return kept.revision();
    }

    /** Where the kept event of this revision lies. */
    long positionOf(long revision) {
        return kept.upTo(revision).position();
    }

    /** The record as it would be stored now. */
    public StoredRecord next(VoterRecord record) {
        return new StoredRecord(position + 1, record);
    }

    public VoterLog apply(LogEntry entry) {
        var record = entry.head();
        var at = record.position();
        if (at != position + 1) {
            throw new CorruptJournalException("record " + at + " follows record " + position);
        }
        var by = record.by();
        var promised = by.term().compareTo(fence.term()) > 0 ? by : fence;
        return switch (record.effect()) {
            case RecordHead.Claimed() -> new VoterLog(at, promised, last, kept, reign, promotions);
            case RecordHead.Kept event ->
                new VoterLog(at, promised, event.origin(), keep(at, event), reign, afterCut(by, event.revision() - 1));
            case RecordHead.Opened opened ->
                new VoterLog(
                        at,
                        promised,
                        by.term(),
                        open(opened),
                        opened.reign(),
                        afterCut(by, opened.baseRevision())
                                .opened(by.term(), opened.reign().promotion(), opened.baseRevision()));
            case RecordHead.Settled settled -> settle(at, promised, settled);
        };
    }

    /** A record of a later generation that drops what an earlier one stored: a promotion has given that up. */
    private PromotionLog afterCut(Writer by, long upTo) {
        var generation = Math.max(last.generation(), reign.term().generation());
        return kept.revision() > upTo && generation < by.term().generation()
                ? promotions.gaveUp(by.term().generation(), kept, upTo)
                : promotions;
    }

    private Kept keep(long at, RecordHead.Kept event) {
        var previous = event.revision() - 1;
        if (!kept.holds(previous, event.previousHash())) {
            throw new CorruptJournalException(
                    "revision " + event.revision() + " does not follow from what is kept up to " + kept.revision());
        }
        return kept.upTo(previous).with(event.hash(), event.origin(), at);
    }

    private Kept open(RecordHead.Opened opened) {
        if (!kept.holds(opened.baseRevision(), opened.baseHash())) {
            throw new CorruptJournalException("term " + opened.reign().term() + " opens on revision "
                    + opened.baseRevision() + ", which is not what is kept");
        }
        return kept.upTo(opened.baseRevision());
    }

    /** What lies above stays if it follows; what is not part of that history goes. */
    private VoterLog settle(long recordPosition, Writer promised, RecordHead.Settled settled) {
        var floor = Kept.from(settled.revision(), settled.hash(), settled.origin());
        if (!kept.holds(settled.revision(), settled.hash())) {
            return new VoterLog(recordPosition, promised, settled.origin(), floor, reign, promotions);
        }
        for (var revision = settled.revision() + 1; revision <= kept.revision(); revision++) {
            var above = kept.upTo(revision);
            floor = floor.with(above.hash(), above.origin(), above.position());
        }
        return new VoterLog(recordPosition, promised, last, floor, reign, promotions);
    }
}
