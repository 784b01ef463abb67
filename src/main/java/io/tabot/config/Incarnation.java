package io.tabot.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One incarnation of a ConfigEntity against its voters, as a step function: what happened goes in, what to do comes
 * out, and nothing in between knows actors, clocks or journals. Everything needs a majority of the voters.
 *
 * <pre>
 * READING  -> CLAIMING  all told what they hold, or were silent, and a majority told; or nobody holds anything
 * CLAIMING -> OPENING   a majority promised this writer's term; the highest history among them is the one
 * OPENING  -> OPEN      a majority remembers that the term is open on that history
 * any      -> OVER      a voter promised itself to a higher writer, or only a new incarnation can go on
 * </pre>
 */
class Incarnation {
    /** Where it stands. */
    enum Phase {
        READING,
        CLAIMING,
        OPENING,
        OPEN,
        OVER
    }

    final ProtocolRules rules;
    final Map<String, VoterProgress> voters = new LinkedHashMap<>();
    private final String writerId;
    private Phase phase = Phase.READING;
    private Writer me;
    private final Candidacy candidacy;
    Levelling levelling;

    Incarnation(Collection<String> voters, String writerId) {
        this(voters, writerId, ProtocolRules.STANDARD);
    }

    Incarnation(Collection<String> voters, String writerId, ProtocolRules rules) {
        this(voters, writerId, rules, null);
    }

    /** @param promotion by an operator, that this incarnation carries out; null for any other */
    Incarnation(Collection<String> voters, String writerId, ProtocolRules rules, Reign.@Nullable Promotion promotion) {
        if (voters.stream().allMatch(Voter.WITNESS::equals)) {
            throw new IllegalArgumentException("at least one journal is needed, not " + voters);
        }
        voters.forEach(voter -> this.voters.put(voter, new VoterProgress(voter)));
        this.writerId = writerId;
        this.rules = rules;
        this.me = new Writer(Term.NONE, writerId);
        this.candidacy = new Candidacy(rules, this.voters, promotion);
        this.levelling = levelling(Kept.NOTHING);
    }

    Phase phase() {
        return phase;
    }

    Term term() {
        return me.term();
    }

    Writer me() {
        return me;
    }

    Optional<ConfigEvent> pending() {
        return levelling.pending();
    }

    /** The history that this term is open on, and what it added. */
    Kept history() {
        return levelling.history();
    }

    /** A voter that can tell the event of this revision. */
    Optional<Levelling.Source> source(long revision) {
        return levelling.source(revision);
    }

    /** The journal that can tell most of the history. */
    Optional<Levelling.Source> journal() {
        return levelling.journal();
    }

    /** The voters that are not there, or hold nothing that counts. */
    List<String> away() {
        return those(voter -> !voter.isKnown() || voter.isLost() || voter.isEmptied());
    }

    List<VoterStatus> statuses() {
        return voters.values().stream()
                .map(voter -> voter.status(levelling.isLevel(voter)))
                .toList();
    }

    /** Whether a change could be stored now. */
    boolean takesChanges() {
        return phase == Phase.OPEN
                && levelling.pending().isEmpty()
                && voters.values().stream().noneMatch(levelling::isWaitedFor)
                && electorate().all(rules::isMajority, is(levelling::isUsable));
    }

    /** Why the term is not opened, apart from voters that are away. */
    Optional<String> obstacle() {
        return candidacy.obstacle();
    }

    List<Step> start() {
        return voters.values().stream()
                .<Step>map(voter -> ask(voter, new Step.Read()))
                .toList();
    }

    /** Takes a decided event as the pending one. There must be none, and the term must be open. */
    List<Step> submit(ConfigEvent event) {
        if (phase != Phase.OPEN || levelling.pending().isPresent()) {
            throw new IllegalStateException("cannot take revision " + event.revision() + " while " + phase
                    + levelling
                            .pending()
                            .map(other -> " with revision " + other.revision() + " pending")
                            .orElse(""));
        }
        levelling.submit(event);
        return advanced();
    }

    List<Step> answered(Voter.Reply reply) {
        var voter = progress(reply.voter());
        voter.answered();
        return switch (reply) {
            case Voter.Holds(var _, var state) -> learned(voter, state);
            case Voter.Claimed(var _, var state) -> learned(voter, state);
            case Voter.Stored(var _, var state) -> {
                voter.stored();
                yield learned(voter, state);
            }
            case Voter.Moved(var _, var state) -> learned(voter, state);
            case Voter.Fenced(var _, var fence) -> fenced(voter, fence);
            case Voter.Failed(var name) -> silent(name);
        };
    }

    /** No answer in time, or the voter went away: what was asked of it is unknown until its records are read again. */
    List<Step> silent(String name) {
        progress(name).goneAway();
        if (phase == Phase.OVER) {
            return List.of();
        }
        var steps = new ArrayList<Step>();
        steps.add(new Step.LookAgain(name));
        if (phase == Phase.CLAIMING && electorate().isOptionalChange()) {
            startAnew("not all of the new voters are there", steps);
            return steps;
        }
        moveOn(steps);
        advance(steps);
        levelling
                .pending()
                .filter(_ -> !electorate().all(rules::isMajority, is(VoterProgress::isKnown)))
                .ifPresent(event -> steps.add(new Step.Unconfirmed(event)));
        return steps;
    }

    /** It is time to look at this voter again. */
    List<Step> lookAgain(String name) {
        var voter = progress(name);
        return phase == Phase.OVER || voter.isAsked() ? List.of() : List.of(ask(voter, new Step.Read()));
    }

    /** Events that were fetched for this voter; none if they could not be read. */
    List<Step> fetched(String name, List<ConfigEvent> events) {
        var voter = progress(name);
        voter.fetched(events);
        if (phase == Phase.OVER) {
            return List.of();
        }
        if (events.isEmpty()) {
            return List.of(new Step.LookAgain(name));
        }
        return advanced();
    }

    /** Nothing happened for a while: time to tidy up. */
    List<Step> idle() {
        voters.values().forEach(voter -> voter.tidyDue(true));
        return advanced();
    }

    private List<Step> learned(VoterProgress voter, VoterState state) {
        if (phase == Phase.OVER) {
            return List.of();
        }
        voter.learn(state);
        if (phase != Phase.READING && rules.isDeposed(me, state.fence())) {
            return depose(state.fence());
        }
        if (phase != Phase.READING) {
            judge(voter);
        }
        var steps = new ArrayList<Step>();
        moveOn(steps);
        advance(steps);
        return steps;
    }

    private List<Step> fenced(VoterProgress voter, Writer fence) {
        if (phase == Phase.OVER) {
            return List.of();
        }
        // A lower fence than ours means that it has lost our promise, and more: look what is left.
        return rules.isDeposed(me, fence) ? depose(fence) : List.of(ask(voter, new Step.Read()));
    }

    private void judge(VoterProgress voter) {
        var mayBeNew = candidacy.isFirstStart() || !electorate().counts(voter.name());
        voter.judge(rules, me, levelling.history(), mayBeNew);
    }

    private void moveOn(List<Step> steps) {
        if (phase == Phase.READING) {
            claim();
        }
        if (phase == Phase.CLAIMING) {
            choose(steps);
        }
        if (phase == Phase.OPENING && electorate().all(rules::isOpen, is(VoterProgress::isOpened))) {
            phase = Phase.OPEN;
            var base = levelling.history();
            steps.add(new Step.Opened(base.revision(), base.hash(), those(VoterProgress::isOpened)));
        }
        commit(steps);
        if (phase == Phase.OPEN && levelling.pending().isEmpty()) {
            if (isRefillPossible()) {
                startAnew("a voter was found empty", steps);
            } else if (isChangeOfVotersDue()) {
                startAnew("the voters change", steps);
            }
        }
    }

    private void claim() {
        if (candidacy.isReady()) {
            me = new Writer(candidacy.nextTerm(), writerId);
            phase = Phase.CLAIMING;
            candidacy.markLost();
            voters.values().forEach(this::judge);
        }
    }

    private void choose(List<Step> steps) {
        switch (candidacy.choose()) {
            case Candidacy.NotYet() -> {}
            case Candidacy.Hopeless(var reason) -> startAnew(reason, steps);
            case Candidacy.Chosen(var history) -> {
                levelling = levelling(history);
                phase = Phase.OPENING;
                voters.values().forEach(this::judge);
            }
        }
    }

    private Levelling levelling(Kept history) {
        var electorate = electorate();
        var reign = new Reign(me.term(), electorate.voters(), electorate.outgoing(), electorate.promotion());
        return new Levelling(rules, voters.values(), me, reign, history);
    }

    void commit(List<Step> steps) {
        var pending = levelling.pending();
        if (pending.isEmpty()) {
            return;
        }
        var event = pending.get();
        Predicate<VoterProgress> holdsIt = voter -> voter.confirmed() >= event.revision();
        if (electorate().all(rules::isDurable, is(holdsIt))) {
            levelling.committed();
            steps.add(new Step.Committed(event, those(holdsIt)));
        }
    }

    private boolean isRefillPossible() {
        var counting = counting();
        return counting.stream().anyMatch(voter -> voter.isKnown() && voter.isEmptied())
                && counting.stream().allMatch(voter -> voter.isEmptied() || (voter.isKnown() && voter.isOpened()));
    }

    /** Once those that the settings name are as good as those that vote; and then step by step. */
    private boolean isChangeOfVotersDue() {
        return !electorate().isFinal(List.copyOf(voters.keySet()))
                && (electorate().counted().size() == 2
                        || voters.values().stream().allMatch(voter -> voter.isKnown() && voter.isOpened()));
    }

    private List<Step> advanced() {
        var steps = new ArrayList<Step>();
        advance(steps);
        return steps;
    }

    /** Asks every voter for whatever it lacks next, unless it is away or owes an answer. */
    private void advance(List<Step> steps) {
        for (var voter : voters.values()) {
            if (voter.isKnown() && !voter.isAsked()) {
                next(voter).ifPresent(steps::add);
            }
        }
    }

    private Optional<Step> next(VoterProgress voter) {
        return switch (phase) {
            case READING, OVER -> Optional.empty();
            case CLAIMING -> mayBeAsked(voter) && !hasPromised(voter) ? claim(voter) : Optional.empty();
            case OPENING, OPEN -> {
                if (!mayBeAsked(voter)) {
                    yield Optional.empty();
                }
                yield hasPromised(voter) ? levelling.next(voter) : claim(voter);
            }
        };
    }

    private boolean hasPromised(VoterProgress voter) {
        return voter.known().filter(state -> rules.hasPromised(state, me)).isPresent();
    }

    /**
     * One that was lost waits until all others have opened the term: only then is nothing missing without it. One that
     * doesn't count yet waits until the term is open.
     */
    boolean mayBeAsked(VoterProgress voter) {
        if (!electorate().counts(voter.name())) {
            return phase == Phase.OPEN;
        }
        return !voter.isEmptied()
                && (!voter.isLost() || counting().stream().allMatch(other -> other == voter || other.isOpened()));
    }

    private List<VoterProgress> counting() {
        return voters.values().stream()
                .filter(voter -> electorate().counts(voter.name()))
                .toList();
    }

    /** Whose majority counts. */
    Electorate electorate() {
        return candidacy.electorate();
    }

    private Optional<Step> claim(VoterProgress voter) {
        return Optional.of(ask(voter, new Step.Claim(me)));
    }

    private List<Step> depose(Writer fence) {
        phase = Phase.OVER;
        var steps = new ArrayList<Step>();
        levelling.pending().ifPresent(event -> steps.add(new Step.Unconfirmed(event)));
        steps.add(new Step.Deposed(fence));
        return steps;
    }

    private void startAnew(String reason, List<Step> steps) {
        phase = Phase.OVER;
        steps.add(new Step.StartAnew(reason));
    }

    private List<String> those(Predicate<VoterProgress> wanted) {
        return voters.values().stream().filter(wanted).map(VoterProgress::name).toList();
    }

    private Predicate<String> is(Predicate<VoterProgress> so) {
        return name -> voters.containsKey(name) && so.test(progress(name));
    }

    private VoterProgress progress(String name) {
        var voter = voters.get(name);
        if (voter == null) {
            throw new IllegalArgumentException("no voter is called " + name);
        }
        return voter;
    }

    private Step ask(VoterProgress voter, Step.Request request) {
        voter.asked();
        return new Step.Ask(voter.name(), request);
    }
}
