package io.tabot.config;

import java.util.Collection;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Brings every voter to the history of one term: what each has to store next, and from which other voter to read the
 * events that it lacks. A journal gets every event, with the term in which it was decided; the witness only while a
 * journal is away, and then it need not hold what every journal holds.
 */
final class Levelling {
    /** How many events that the journals all hold the witness may keep while no change gives it rest. */
    static final int UNSETTLED_MAX = 32;

    /** A journal that lacks no more than this slows changes down, or it might run after them for ever. */
    static final int ALMOST = 256;

    /** Of the events that such a journal lacks it has to store so many before each change: it gains on them. */
    static final int STRIDE = 2;

    private static final int PAGE = 100;
    private static final int RECENT_MAX = 1_000;

    /** Where a part of the history can be read: this voter holds it up to there. */
    record Source(String voter, long upTo) {}

    private final ProtocolRules rules;
    private final Collection<VoterProgress> voters;
    private final Writer me;
    private final Reign reign;
    private final long base;
    private Kept history;
    private final SortedMap<Long, ConfigEvent> recent = new TreeMap<>();
    private @Nullable ConfigEvent pending;

    Levelling(ProtocolRules rules, Collection<VoterProgress> voters, Writer me, Reign reign, Kept history) {
        this.rules = rules;
        this.voters = voters;
        this.me = me;
        this.reign = reign;
        this.base = history.revision();
        this.history = history;
    }

    /** The events of this term so far on top of those it was opened on, the pending one included. */
    Kept history() {
        return history;
    }

    Optional<ConfigEvent> pending() {
        return Optional.ofNullable(pending);
    }

    void submit(ConfigEvent event) {
        pending = event;
        voters.forEach(VoterProgress::changeBegins);
        recent.put(event.revision(), event);
        if (recent.size() > RECENT_MAX) {
            recent.remove(recent.firstKey());
        }
        history = history.with(event.hash(), me.term(), 0);
    }

    void committed() {
        pending = null;
    }

    /** What to ask of this voter next, or for it of another one; nothing while it has what it needs. */
    Optional<Step> next(VoterProgress voter) {
        return voter.known()
                .flatMap(state -> voter.isWitness() ? nextOfWitness(voter, state) : nextOfJournal(voter, state));
    }

    /** A voter that holds the event of this revision. */
    Optional<Source> source(long revision) {
        for (var voter : voters) {
            var kept = voter.known().map(VoterState::kept);
            if (kept.isPresent() && kept.get().floor() < revision) {
                var shared = kept.get().sharedWith(history);
                if (shared >= revision) {
                    return Optional.of(new Source(voter.name(), shared));
                }
            }
        }
        return Optional.empty();
    }

    /** The journal that can tell most of the history. */
    Optional<Source> journal() {
        return voters.stream()
                .filter(voter -> !voter.isWitness() && voter.isKnown())
                .flatMap(voter -> voter.known().stream()
                        .map(state -> new Source(voter.name(), state.kept().sharedWith(history))))
                .reduce((one, other) -> other.upTo() > one.upTo() ? other : one);
    }

    /** Whether the next event would count as soon as this voter has answered once. */
    boolean isUsable(VoterProgress voter) {
        return voter.known()
                .filter(state -> voter.isWitness()
                        ? !voter.isLost() && !voter.isEmptied() && !state.isFull() && canReach(state)
                        : isUp(voter))
                .isPresent();
    }

    private boolean canReach(VoterState witness) {
        return settled() >= 0 || rules.shared(witness.kept(), history) >= 0;
    }

    /** A journal that soon has all: the next change waits until it has come nearer since the one before. */
    boolean isWaitedFor(VoterProgress voter) {
        var missing = history.revision() - voter.confirmed();
        return !voter.isWitness()
                && voter.isKnown()
                && voter.isOpened()
                && voter.isStoring()
                && missing > 0
                && missing <= ALMOST
                && voter.confirmedSinceChange() < STRIDE;
    }

    /** The witness need not hold what all journals do. */
    boolean isLevel(VoterProgress voter) {
        return voter.isWitness() ? voter.isOpened() : isUp(voter);
    }

    /** A journal that has all that was confirmed so far. */
    private boolean isUp(VoterProgress journal) {
        var settledHead = pending == null ? history.revision() : history.revision() - 1;
        return journal.isKnown() && journal.isOpened() && journal.confirmed() >= settledHead;
    }

    private Optional<Step> nextOfJournal(VoterProgress voter, VoterState state) {
        if (voter.isOpened()) {
            return voter.confirmed() < history.revision() ? copy(voter, state, voter.confirmed() + 1) : nothing();
        }
        var reached = rules.shared(state.kept(), history);
        return reached < base ? copy(voter, state, reached + 1) : open(voter, state);
    }

    private Optional<Step> nextOfWitness(VoterProgress voter, VoterState state) {
        var reached = rules.shared(state.kept(), history);
        if (!voter.isOpened()) {
            if (reached >= base) {
                return open(voter, state);
            }
            if (settled() >= base) {
                return settle(voter, state, base);
            }
            return reached < 0 || !isJournalAway() ? nothing() : copy(voter, state, reached + 1);
        }
        if (!areJournalsUp() && reached < history.revision()) {
            return settled() > reached ? settle(voter, state, settled()) : copy(voter, state, reached + 1);
        }
        return tidy(voter, state);
    }

    private Optional<Step> tidy(VoterProgress voter, VoterState state) {
        var unsettled = settled() - state.kept().floor();
        if (unsettled <= 0 || (unsettled < UNSETTLED_MAX && !voter.isTidyDue())) {
            return nothing();
        }
        voter.tidyDue(false);
        return settle(voter, state, settled());
    }

    private Optional<Step> open(VoterProgress voter, VoterState state) {
        return append(
                voter,
                state,
                new VoterRecord.TermOpened(
                        me, base, history.upTo(base).hash(), reign.voters(), reign.outgoing(), reign.promotion()));
    }

    private Optional<Step> settle(VoterProgress voter, VoterState state, long revision) {
        var event = history.upTo(revision);
        return append(voter, state, new VoterRecord.Settled(me, revision, event.hash(), event.origin()));
    }

    private Optional<Step> copy(VoterProgress voter, VoterState state, long revision) {
        var wanted = history.upTo(revision);
        var event = Optional.ofNullable(recent.get(revision)).or(() -> voter.fetched(revision, wanted.hash()));
        if (event.isPresent()) {
            return append(voter, state, new VoterRecord.Event(me, wanted.origin(), event.get()));
        }
        return voter.isFetching() ? nothing() : source(revision).map(source -> fetch(voter, source, revision));
    }

    private Step fetch(VoterProgress voter, Source source, long revision) {
        voter.fetching();
        var limit = (int) Math.min(PAGE, source.upTo() - revision + 1);
        return new Step.Fetch(voter.name(), source.voter(), revision, limit);
    }

    private Optional<Step> append(VoterProgress voter, VoterState state, VoterRecord record) {
        voter.asked();
        return Optional.of(new Step.Ask(voter.name(), new Step.Append(state.position(), record)));
    }

    private static Optional<Step> nothing() {
        return Optional.empty();
    }

    /** The newest revision that every journal has confirmed in this term; -1 for none. */
    private long settled() {
        return rules.settled(voters.stream().filter(voter -> !voter.isWitness()).mapToLong(VoterProgress::confirmed));
    }

    private boolean areJournalsUp() {
        return voters.stream().filter(voter -> !voter.isWitness()).allMatch(this::isUp);
    }

    private boolean isJournalAway() {
        return voters.stream().anyMatch(voter -> !voter.isWitness() && !(voter.isKnown() && voter.hasPromised()));
    }
}
