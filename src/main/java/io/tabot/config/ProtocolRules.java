package io.tabot.config;

import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.LongStream;

/** The rules that safety rests on, apart from the steps, so that a test can break each of them and see it noticed. */
class ProtocolRules {
    static final ProtocolRules STANDARD = new ProtocolRules();

    /** Whether those that are so are more than half of them. */
    boolean isMajority(Collection<String> voters, Predicate<String> isSo) {
        return voters.stream().filter(isSo).count() > voters.size() / 2;
    }

    /** Whether so many promises are enough to choose a history. */
    boolean isEnoughToOpen(Collection<String> voters, Predicate<String> hasPromised) {
        return isMajority(voters, hasPromised);
    }

    /** Whether an event that these voters hold is never lost. */
    boolean isDurable(Collection<String> voters, Predicate<String> holdsIt) {
        return isMajority(voters, holdsIt);
    }

    /** Whether so many opened the term that its history may be shown. */
    boolean isOpen(Collection<String> voters, Predicate<String> hasOpened) {
        return isMajority(voters, hasOpened);
    }

    /** Which of two histories is the one. */
    boolean outranks(VoterState one, VoterState other) {
        return one.outranks(other);
    }

    /** A blank voter has forgotten its promises, too: it doesn't count. */
    boolean isLost(VoterState state) {
        return state.isBlank();
    }

    boolean hasPromised(VoterState state, Writer me) {
        return state.fence().equals(me);
    }

    /** An old event on a majority proves nothing before this term's own record lies above it. */
    boolean hasOpened(VoterState state, Writer me) {
        return state.fence().equals(me) && state.last().equals(me.term());
    }

    boolean isDeposed(Writer me, Writer fence) {
        return !me.mayWriteUnder(fence);
    }

    /** The newest revision up to which a voter keeps this history. */
    long shared(Kept voter, Kept history) {
        return voter.sharedWith(history);
    }

    /** Whose majorities count while one list of voters takes over from another. */
    List<List<String>> countedWhileChanging(List<String> outgoing, List<String> incoming) {
        return List.of(outgoing, incoming);
    }

    /** Up to where a witness may forget the events, given what each journal has confirmed. */
    long settled(LongStream confirmed) {
        return confirmed.min().orElse(Kept.NONE);
    }
}
