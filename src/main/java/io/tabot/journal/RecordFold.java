package io.tabot.journal;

import io.tabot.config.HashChain;
import io.tabot.config.VoterRecord;
import io.tabot.journal.JournalContents.Headline;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Folds the records of a journal as its voter would, checks besides that each event has the hash that it carries, and
 * keeps a line of every event, so that those which did not stay can be told.
 */
final class RecordFold {
    private final Map<Long, Headline> events = new LinkedHashMap<>();
    private VoterLog log = VoterLog.EMPTY;
    private @Nullable String broken;

    /** Takes the next record as it is stored. After the first that does not fit, nothing counts any more. */
    void add(RecordForm<?> form, long sequenceNumber, Object stored) {
        if (broken != null) {
            return;
        }
        try {
            var record = form.read(stored);
            check(sequenceNumber, record);
            log = log.apply(record);
            if (record.record() instanceof VoterRecord.Event event) {
                events.put(record.position(), Headline.of(event.event()));
            }
        } catch (RuntimeException e) {
            // Whatever a reader makes of bytes that are no record: it ends here, and says where.
            broken = "record " + sequenceNumber + ": " + e.getMessage();
        }
    }

    JournalContents contents(String voter) {
        var kept = log;
        var newest = kept.revision() == 0 ? null : events.get(kept.positionOf(kept.revision()));
        return new JournalContents(voter, kept.state(), Optional.ofNullable(newest), orphans(kept), broken);
    }

    private List<Headline> orphans(VoterLog kept) {
        return events.entrySet().stream()
                .filter(entry -> !isKept(kept, entry.getKey(), entry.getValue().revision()))
                .map(Map.Entry::getValue)
                .toList();
    }

    private static boolean isKept(VoterLog kept, long position, long revision) {
        return revision <= kept.revision() && kept.positionOf(revision) == position;
    }

    private static void check(long sequenceNumber, StoredRecord record) {
        if (record.position() != sequenceNumber) {
            throw new CorruptJournalException("it says that it is record " + record.position());
        }
        if (record.record() instanceof VoterRecord.Event(var _, var _, var event)
                && !HashChain.hash(event).equals(event.hash())) {
            throw new CorruptJournalException(
                    "revision " + event.revision() + " carries a hash that its content does not have");
        }
    }
}
