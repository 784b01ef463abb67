package io.tabot.config;

import io.tabot.journal.StoredRecord;
import io.tabot.journal.Verdict;
import io.tabot.journal.WitnessLog;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A voter's actor in one process: decides with the real rules on what it has read from the store, which may be old.
 * What waits for it outlives its restart, as a stash does.
 */
final class SimulatedChild {
    /** What becomes of a write. */
    enum Write {
        STORED,
        STORED_UNCONFIRMED,
        NOT_STORED,
        HANGS
    }

    private final SimulatedStore store;
    private final Mutant mutant;
    private final Deque<Step.Request> waiting = new ArrayDeque<>();
    private @Nullable WitnessLog read;
    private int life;

    SimulatedChild(SimulatedStore store, Mutant mutant) {
        this.store = store;
        this.mutant = mutant;
    }

    void tell(Step.Request request) {
        waiting.add(request);
    }

    boolean hasWork() {
        return !waiting.isEmpty() && !store.isDown() && !store.isCorrupt();
    }

    void restart(boolean keepsWaiting) {
        read = null;
        if (!keepsWaiting) {
            waiting.clear();
        }
    }

    /** Deals with the next request. No answer: it died over it, and whether something was stored is not known. */
    Optional<Voter.Reply> work(Write write, boolean readsAnew) {
        var log = read;
        if (log == null || (readsAnew && store.isWitness())) {
            log = store.log();
            life = store.life();
            read = log;
        }
        var state = mutant.told(log.state());
        var name = store.name();
        return switch (waiting.remove()) {
            case Step.Read() -> Optional.of(new Voter.Holds(name, state));
            case Step.Claim(var me) ->
                carryOut(mutant.onClaim(name, state, me), write, claimed -> new Voter.Claimed(name, claimed));
            case Step.Append(var position, var record) ->
                carryOut(
                        mutant.onAppend(name, state, position, record),
                        write,
                        stored -> new Voter.Stored(name, stored));
        };
    }

    List<ConfigEvent> events(long from, int limit) {
        return read == null || store.isDown()
                ? List.of()
                : store.read(read.state().kept(), from, limit);
    }

    private Optional<Voter.Reply> carryOut(Verdict verdict, Write write, Function<VoterState, Voter.Reply> onceStored) {
        return switch (verdict) {
            case Verdict.Say(var reply) -> Optional.of(reply);
            case Verdict.Store(var record) -> persist(record, write).map(onceStored);
        };
    }

    private Optional<VoterState> persist(StoredRecord record, Write write) {
        var isStored = life == store.life()
                && switch (write) {
                    case STORED, STORED_UNCONFIRMED -> store.append(record);
                    case NOT_STORED -> false;
                    case HANGS -> {
                        store.hang(record);
                        yield false;
                    }
                };
        if (!isStored || write != Write.STORED || store.isCorrupt()) {
            restart(true);
            return Optional.empty();
        }
        read = store.log();
        return Optional.of(mutant.told(store.state()));
    }
}
