package io.tabot.config;

import io.tabot.journal.Verdict;
import java.util.Collection;
import java.util.Optional;

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

    /** Whether a feed takes this state for the one that it shows. */
    boolean isNewerState(SimulatedFeed.Shown state, SimulatedFeed.Shown shown) {
        return state.generation() > shown.generation()
                || (state.generation() == shown.generation() && state.revision() > shown.revision());
    }

    /** Whether an event of this head belongs to what the feed shows. */
    boolean isSameGeneration(SimulatedFeed.Shown head, SimulatedFeed.Shown shown) {
        return head.generation() == shown.generation();
    }

    /** Why an entity does not serve its history, after all that the feeds have shown. */
    Optional<String> veto(HistoryFold fold, Kept history, long generation) {
        return fold.checkAgainstSeen(history, generation);
    }

    /** The idempotency keys that a new incarnation knows. */
    IdempotencyMemory remembered(IdempotencyMemory ofHistory) {
        return ofHistory;
    }
}
