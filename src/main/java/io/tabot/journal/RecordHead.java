package io.tabot.journal;

import io.tabot.config.Reign;
import io.tabot.config.Term;
import io.tabot.config.VoterRecord;
import io.tabot.config.Writer;

/**
 * What recovery has to know of a record: all but what an event changed, which is the most of it and takes the longest
 * to read.
 */
public record RecordHead(long position, Writer by, Effect effect) implements LogEntry {
    /** What the record does to what is kept. */
    public sealed interface Effect {}

    public record Claimed() implements Effect {}

    public record Kept(Term origin, long revision, String previousHash, String hash) implements Effect {}

    public record Opened(long baseRevision, String baseHash, Reign reign) implements Effect {}

    public record Settled(long revision, String hash, Term origin) implements Effect {}

    static RecordHead of(StoredRecord stored) {
        var effect = switch (stored.record()) {
            case VoterRecord.Claim _ -> new Claimed();
            case VoterRecord.Event(var _, var origin, var event) ->
                new Kept(origin, event.revision(), event.previousHash(), event.hash());
            case VoterRecord.TermOpened(var by, var revision, var hash, var voters, var outgoing, var promotion) ->
                new Opened(revision, hash, new Reign(by.term(), voters, outgoing, promotion));
            case VoterRecord.Settled(var _, var revision, var hash, var origin) -> new Settled(revision, hash, origin);
        };
        return new RecordHead(stored.position(), stored.record().by(), effect);
    }

    @Override
    public RecordHead head() {
        return this;
    }
}
