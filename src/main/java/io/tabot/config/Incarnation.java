package io.tabot.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One incarnation of a ConfigEntity against its voters, as a step function: what happened goes in, what to do comes
 * out, and nothing in between knows actors, clocks or journals. Everything needs a majority of the voters.
 *
 * <pre>
 * READING  -> CLAIMING  a majority told what it holds
 * CLAIMING -> OPENING   a majority promised this writer's term; the highest history among them is the one
 * OPENING  -> OPEN      a majority remembers that the term is open on that history
 * any      -> DEPOSED   a voter promised itself to a higher writer
 * </pre>
 */
final class Incarnation {
    /** Where it stands. */
    enum Phase {
        READING,
        CLAIMING,
        OPENING,
        OPEN,
        DEPOSED
    }

    /** What the owner has to do next. */
    sealed interface Step {}

    /** Ask this voter; report its answer, or its silence. */
    record Ask(String voter, Request request) implements Step {}

    /** The term is open on this history, which that voter holds in full. Only now may it be shown. */
    record Opened(String voter, long revision, String hash) implements Step {}

    /** The pending event is on a majority: acknowledge it, then publish it. */
    record Committed(ConfigEvent event, List<String> durability) implements Step {}

    /** The pending event may or may not take effect: no majority answered in time. It stays the only candidate. */
    record Unconfirmed(ConfigEvent event) implements Step {}

    /** This voter is away: look again later. */
    record LookAgain(String voter) implements Step {}

    /** Stop: somebody else writes now. */
    record Deposed(Writer fence) implements Step {}

    /** What can be asked of a voter; answers are {@link Voter.Reply}. */
    sealed interface Request {}

    record Read() implements Request {}

    record Claim(Writer me) implements Request {}

    record Append(long expectedPosition, VoterRecord record) implements Request {}

    private static final class Progress {
        private @Nullable VoterState known;
        private boolean asked;
        private boolean claimed;
        private boolean opened;
        private long confirmed;
    }

    private final Map<String, Progress> voters = new LinkedHashMap<>();
    private final String writerId;
    private Phase phase = Phase.READING;
    private Writer me;
    private VoterState base = VoterState.EMPTY;
    private @Nullable ConfigEvent pending;

    Incarnation(Collection<String> voters, String writerId) {
        if (voters.size() != 1) {
            // Levelling a voter that is behind is not built: with one voter nothing can be behind.
            throw new IllegalArgumentException("one journal is supported, not " + voters.size());
        }
        voters.forEach(voter -> this.voters.put(voter, new Progress()));
        this.writerId = writerId;
        this.me = new Writer(Term.NONE, writerId);
    }

    Phase phase() {
        return phase;
    }

    Term term() {
        return me.term();
    }

    Optional<ConfigEvent> pending() {
        return Optional.ofNullable(pending);
    }

    /** The voters that are not known to be there. */
    List<String> away() {
        return voters.entrySet().stream()
                .filter(entry -> entry.getValue().known == null)
                .map(Map.Entry::getKey)
                .toList();
    }

    List<Step> start() {
        return voters.keySet().stream()
                .<Step>map(voter -> ask(voter, new Read()))
                .toList();
    }

    /** Takes a decided event as the pending one. There must be none, and the term must be open. */
    List<Step> submit(ConfigEvent event) {
        if (phase != Phase.OPEN || pending != null) {
            throw new IllegalStateException("cannot take revision " + event.revision() + " while " + phase
                    + (pending == null ? "" : " with revision " + pending.revision() + " pending"));
        }
        pending = event;
        var steps = new ArrayList<Step>();
        voters.keySet().forEach(voter -> advance(voter, steps));
        return steps;
    }

    List<Step> answered(Voter.Reply reply) {
        var progress = progress(reply.voter());
        progress.asked = false;
        return switch (reply) {
            case Voter.Holds(var voter, var state) -> learned(voter, state);
            case Voter.Claimed(var voter, var state) -> learned(voter, state);
            case Voter.Stored(var voter, var state) -> learned(voter, state);
            case Voter.Moved(var voter, var state) -> learned(voter, state);
            case Voter.Fenced(var _, var fence) -> depose(fence);
        };
    }

    /** No answer in time, or the voter went away: what was asked of it is unknown until its records are read again. */
    List<Step> silent(String voter) {
        var progress = progress(voter);
        progress.asked = false;
        progress.known = null;
        var steps = new ArrayList<Step>();
        steps.add(new LookAgain(voter));
        if (pending != null
                && !isMajority(voters.values().stream()
                        .filter(other -> other.known != null)
                        .count())) {
            steps.add(new Unconfirmed(pending));
        }
        return steps;
    }

    /** It is time to look at this voter again. */
    List<Step> lookAgain(String voter) {
        return phase == Phase.DEPOSED || progress(voter).asked ? List.of() : List.of(ask(voter, new Read()));
    }

    private List<Step> learned(String voter, VoterState state) {
        if (phase == Phase.DEPOSED) {
            return List.of();
        }
        var progress = progress(voter);
        progress.known = state;
        if (phase != Phase.READING && !me.mayWriteUnder(state.fence())) {
            return depose(state.fence());
        }
        if (phase != Phase.READING) {
            progress.claimed = state.fence().equals(me);
            progress.opened = progress.claimed && state.last().equals(me.term());
            progress.confirmed = progress.opened ? confirmed(state) : 0;
        }
        var steps = new ArrayList<Step>();
        moveOn(steps);
        advance(voter, steps);
        return steps;
    }

    private long confirmed(VoterState state) {
        var isPending = pending != null
                && state.revision() == pending.revision()
                && state.hash().equals(pending.hash());
        return isPending ? state.revision() : base.revision();
    }

    private void moveOn(List<Step> steps) {
        if (phase == Phase.READING && isMajority(count(progress -> progress.known != null))) {
            claim(steps);
        }
        if (phase == Phase.CLAIMING && isMajority(count(progress -> progress.claimed))) {
            open(steps);
        }
        if (phase == Phase.OPENING && isMajority(count(progress -> progress.opened))) {
            phase = Phase.OPEN;
            steps.add(new Opened(holderOfBase(), base.revision(), base.hash()));
        }
        commit(steps);
    }

    private void claim(List<Step> steps) {
        var highest = known().map(VoterState::fence).map(Writer::term).max(Term::compareTo);
        me = new Writer(highest.orElse(Term.NONE).next(), writerId);
        phase = Phase.CLAIMING;
        voters.keySet().forEach(voter -> advance(voter, steps));
    }

    private void open(List<Step> steps) {
        base = voters.values().stream()
                .filter(progress -> progress.claimed)
                .map(progress -> progress.known)
                .filter(Objects::nonNull)
                .reduce((a, b) -> b.outranks(a) ? b : a)
                .orElseThrow();
        phase = Phase.OPENING;
        voters.keySet().forEach(voter -> advance(voter, steps));
    }

    private void commit(List<Step> steps) {
        var event = pending;
        if (event == null || !isMajority(count(progress -> progress.confirmed >= event.revision()))) {
            return;
        }
        var durability = voters.entrySet().stream()
                .filter(entry -> entry.getValue().confirmed >= event.revision())
                .map(Map.Entry::getKey)
                .toList();
        pending = null;
        base = new VoterState(base.position(), me, me.term(), event.revision(), event.hash());
        steps.add(new Committed(event, durability));
    }

    /** Asks a voter for whatever it lacks next, unless it is away or owes an answer. */
    private void advance(String voter, List<Step> steps) {
        var progress = progress(voter);
        var state = progress.known;
        if (state != null && !progress.asked) {
            next(progress, state).ifPresent(request -> steps.add(ask(voter, request)));
        }
    }

    private Optional<Request> next(Progress progress, VoterState state) {
        var event = pending;
        return switch (phase) {
            case READING, DEPOSED -> Optional.empty();
            case CLAIMING -> progress.claimed ? Optional.empty() : Optional.of(new Claim(me));
            case OPENING, OPEN -> {
                if (!progress.claimed) {
                    yield Optional.of(new Claim(me));
                }
                if (!progress.opened) {
                    yield append(
                            state,
                            new VoterRecord.TermOpened(me, base.revision(), base.hash(), List.copyOf(voters.keySet())));
                }
                yield event == null || progress.confirmed >= event.revision()
                        ? Optional.empty()
                        : append(state, new VoterRecord.Event(me, me.term(), event));
            }
        };
    }

    private static Optional<Request> append(VoterState state, VoterRecord record) {
        return Optional.of(new Append(state.position(), record));
    }

    private List<Step> depose(Writer fence) {
        phase = Phase.DEPOSED;
        var steps = new ArrayList<Step>();
        if (pending != null) {
            steps.add(new Unconfirmed(pending));
        }
        steps.add(new Deposed(fence));
        return steps;
    }

    private String holderOfBase() {
        return voters.entrySet().stream()
                .filter(entry -> entry.getValue().opened)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    private Stream<VoterState> known() {
        return voters.values().stream().map(progress -> progress.known).filter(Objects::nonNull);
    }

    private long count(Predicate<Progress> predicate) {
        return voters.values().stream().filter(predicate).count();
    }

    private boolean isMajority(long count) {
        return count > voters.size() / 2;
    }

    private Progress progress(String voter) {
        var progress = voters.get(voter);
        if (progress == null) {
            throw new IllegalArgumentException("no voter is called " + voter);
        }
        return progress;
    }

    private Ask ask(String voter, Request request) {
        progress(voter).asked = true;
        return new Ask(voter, request);
    }
}
