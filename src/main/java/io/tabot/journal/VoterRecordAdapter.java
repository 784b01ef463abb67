package io.tabot.journal;

import io.tabot.config.ConfigEvent;
import io.tabot.config.VoterRecord;
import org.apache.pekko.persistence.typed.EventAdapter;
import org.apache.pekko.persistence.typed.EventSeq;

/** Stores records as JSON text: people and tools can read it, and no class name is in it. */
final class VoterRecordAdapter extends EventAdapter<StoredRecord, String> {
    @Override
    public String toJournal(StoredRecord record) {
        return VoterRecordJson.write(record);
    }

    @Override
    public String manifest(StoredRecord record) {
        return "";
    }

    @Override
    public EventSeq<StoredRecord> fromJournal(String stored, String manifest) {
        return EventSeq.single(VoterRecordJson.read(stored));
    }

    /** The event in a stored record, which must hold one. */
    static ConfigEvent eventOf(Object stored) {
        if (VoterRecordJson.read((String) stored).record() instanceof VoterRecord.Event record) {
            return record.event();
        }
        throw new CorruptJournalException("a record that should hold an event holds none");
    }
}
