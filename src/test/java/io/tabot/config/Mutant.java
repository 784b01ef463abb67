package io.tabot.config;

import io.tabot.journal.Verdict;
import java.util.Collection;

/** The protocol as it is; a subclass breaks one of its rules, and the simulation has to notice. */
class Mutant {
    static final Mutant NONE = new Mutant();

    Incarnation incarnation(Collection<String> voters, String writerId) {
        return new Incarnation(voters, writerId, rules());
    }

    Incarnation promoting(Collection<String> voters, String writerId, Reign.Promotion promotion) {
        return new Incarnation(voters, writerId, rules(), promotion);
    }

    ProtocolRules rules() {
        return ProtocolRules.STANDARD;
    }

    /** What a voter tells of itself. */
    VoterState told(VoterState state) {
        return state;
    }

    Verdict onClaim(String voter, VoterState state, Writer me) {
        return Verdict.onClaim(voter, state, me);
    }

    Verdict onAppend(String voter, VoterState state, long expectedPosition, VoterRecord record) {
        return Verdict.onAppend(voter, state, expectedPosition, record);
    }

    /** Whether a store refuses a second record at a number. */
    boolean isUnique() {
        return true;
    }

    /** Whether each life of a process has a name of its own. */
    boolean isWriterFresh() {
        return true;
    }
}
