package io.tabot.journal;

import io.tabot.config.Term;
import io.tabot.config.VoterRecord;
import io.tabot.config.Writer;

/**
 * What recovery has to know of a record: all but what an event changed, which is the most of it and takes the longest
 * to read.
 */
record RecordHead(long position, Writer by, Effect effect) implements LogEntry {
    /** What the record does to what is kept. */
    sealed interface Effect {}

    record Claimed() implements Effect {}

    record Kept(Term origin, long revision, String previousHash, String hash) implements Effect {}

    record Opened(long baseRevision, String baseHash) implements Effect {}

    static RecordHead of(StoredRecord stored) {
        var effect = switch (stored.record()) {
            case VoterRecord.Claim _ -> new Claimed();
            case VoterRecord.Event(var _, var origin, var event) ->
                new Kept(origin, event.revision(), event.previousHash(), event.hash());
            case VoterRecord.TermOpened(var _, var revision, var hash, var _) -> new Opened(revision, hash);
        };
        return new RecordHead(stored.position(), stored.record().by(), effect);
    }

    @Override
    public RecordHead head() {
        return this;
    }
}
