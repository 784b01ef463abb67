package io.tabot.journal;

import io.tabot.config.VoterRecord;

/**
 * A record with its number. The number is stored in the record itself, besides the journal's own, so that a hole shows
 * whatever a plugin makes of it.
 */
public record StoredRecord(long position, VoterRecord record) implements LogEntry {
    @Override
    public RecordHead head() {
        return RecordHead.of(this);
    }
}
