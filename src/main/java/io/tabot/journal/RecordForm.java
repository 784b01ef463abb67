package io.tabot.journal;

import io.tabot.config.ConfigEvent;
import io.tabot.config.VoterRecord;
import org.apache.pekko.persistence.typed.EventAdapter;
import org.apache.pekko.persistence.typed.EventSeq;

/** How a journal writes records: in a form that people and tools can read, without the name of a class in it. */
public abstract sealed class RecordForm<P> extends EventAdapter<LogEntry, P> permits BsonRecordForm, JsonRecordForm {
    abstract P write(StoredRecord record);

    /** @throws CorruptJournalException if it is no record that this build knows */
    abstract StoredRecord read(Object stored);

    /** Less than the whole, and faster. Throws as {@link #read} does, but does not look into changes. */
    abstract RecordHead readHead(P stored);

    @Override
    public final P toJournal(LogEntry entry) {
        return switch (entry) {
            case StoredRecord record -> write(record);
            case RecordHead _ -> throw new IllegalArgumentException("only whole records are written");
        };
    }

    @Override
    public final String manifest(LogEntry entry) {
        return "";
    }

    @Override
    public final EventSeq<LogEntry> fromJournal(P stored, String manifest) {
        return EventSeq.single(readHead(stored));
    }

    /** The event in a stored record, which must hold one. */
    final ConfigEvent eventOf(Object stored) {
        if (read(stored).record() instanceof VoterRecord.Event record) {
            return record.event();
        }
        throw new CorruptJournalException("a record that should hold an event holds none");
    }
}
