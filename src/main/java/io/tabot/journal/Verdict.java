package io.tabot.journal;

import io.tabot.config.Voter;
import io.tabot.config.VoterRecord;
import io.tabot.config.VoterState;
import io.tabot.config.Writer;

/**
 * What a voter does about a request, decided from what it keeps and nothing else. The term and the expected position
 * are checked each time: a request may have waited while the voter was restarted.
 */
public sealed interface Verdict {
    /** Say this, and store nothing. */
    record Say(Voter.Reply reply) implements Verdict {}

    /** Store this record; once it is stored, say so. */
    record Store(StoredRecord record) implements Verdict {}

    static Verdict onClaim(String voter, VoterState state, Writer me) {
        if (me.equals(state.fence())) {
            return new Say(new Voter.Claimed(voter, state));
        }
        return me.mayWriteUnder(state.fence())
                ? store(state, new VoterRecord.Claim(me))
                : new Say(new Voter.Fenced(voter, state.fence()));
    }

    static Verdict onAppend(String voter, VoterState state, long expectedPosition, VoterRecord record) {
        if (!record.by().equals(state.fence())) {
            return new Say(new Voter.Fenced(voter, state.fence()));
        }
        return expectedPosition == state.position() ? store(state, record) : new Say(new Voter.Moved(voter, state));
    }

    private static Verdict store(VoterState state, VoterRecord record) {
        return new Store(new StoredRecord(state.position() + 1, record));
    }
}
