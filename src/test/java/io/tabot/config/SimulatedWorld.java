package io.tabot.config;

import io.tabot.journal.WitnessLog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Voters, processes that fight over them, and everything that may go wrong, all from one seed. After each move every
 * invariant is checked.
 */
final class SimulatedWorld {
    /** No more than this many changes in a run. */
    private static final int EVENTS_MAX = 12;

    private static final int PROCESSES = 3;
    private static final int SETTLED_AFTER = 2_000;
    private static final Map<String, String> KEYS = new HashMap<>();

    /** The moves that are possible, each with its weight. */
    static final class Moves {
        private final List<Runnable> moves = new ArrayList<>();
        private final List<Double> weights = new ArrayList<>();
        private double sum;

        void add(double weight, Runnable move) {
            moves.add(move);
            weights.add(weight);
            sum += weight;
        }

        void doOne(Chance chance) {
            var left = chance.upTo(sum);
            for (var i = 0; i < moves.size(); i++) {
                left -= weights.get(i);
                if (left < 0 || i == moves.size() - 1) {
                    moves.get(i).run();
                    return;
                }
            }
        }

        boolean isEmpty() {
            return moves.isEmpty();
        }
    }

    private final long seed;
    private final Mutant mutant;
    private final Chance chance;
    private final List<SimulatedStore> stores;
    private final List<SimulatedEntity> entities = new ArrayList<>();
    private final Invariants invariants;
    private final @Nullable List<String> trace;
    private List<String> configured;
    private boolean mayPromote;
    private @Nullable SimulatedStore promoted;
    private int started;

    SimulatedWorld(long seed, List<String> voters, Mutant mutant) {
        this(seed, voters, mutant, null);
    }

    /** @param trace gets a line for everything that happens */
    SimulatedWorld(long seed, List<String> voters, Mutant mutant, @Nullable List<String> trace) {
        this.trace = trace;
        this.seed = seed;
        this.mutant = mutant;
        this.chance = new Chance(seed);
        this.configured = voters;
        this.stores = voters.stream()
                .map(voter -> new SimulatedStore(voter, mutant.isUnique()))
                .toList();
        this.invariants = new Invariants(stores);
    }

    /** The settings name only these at first, and all some time later. */
    SimulatedWorld growingFrom(List<String> voters) {
        configured = voters;
        return this;
    }

    /** Some time an operator gives up two voters and promotes the journal that is left. */
    SimulatedWorld withPromotion() {
        mayPromote = true;
        return this;
    }

    /** Runs so many moves, lets the faults end, and expects everything to be well. */
    void run(int moves) {
        try {
            for (var i = 0; i < moves; i++) {
                move();
                invariants.check();
            }
            settle();
        } catch (Invariants.Broken e) {
            throw new Invariants.Broken("seed " + seed + ": " + e.getMessage());
        }
    }

    List<SimulatedStore> stores() {
        return stores;
    }

    Mutant mutant() {
        return mutant;
    }

    Chance chance() {
        return chance;
    }

    Invariants invariants() {
        return invariants;
    }

    void log(Supplier<String> line) {
        if (trace != null) {
            trace.add(line.get());
        }
    }

    boolean mayChange(Incarnation incarnation) {
        return !chance.isCalm() && incarnation.takesChanges() && invariants.acknowledged() < EVENTS_MAX;
    }

    String keyOf(String hash) {
        return KEYS.getOrDefault(hash, hash);
    }

    static ConfigEvent event(long revision, String previous, String key, String by) {
        var change =
                new ConfigEvent.Change(DocumentKey.APPLICATION, null, new Document(Map.of("key", key, "at", revision)));
        var unsealed = new ConfigEvent(
                revision,
                Instant.EPOCH,
                by,
                null,
                ChangeMeta.Through.API,
                null,
                new ChangeMeta.Idempotency(key, key),
                List.of(change),
                null,
                previous,
                "");
        var event = unsealed.withHash(HashChain.hash(unsealed));
        KEYS.put(event.hash(), key);
        return event;
    }

    private void move() {
        var moves = new Moves();
        entities.removeIf(SimulatedEntity::isOver);
        entities.forEach(entity -> {
            entity.moves(moves);
            moves.add(0.3, () -> die(entity));
        });
        if (entities.size() < (invariants.isPromoting() ? 1 : PROCESSES)) {
            moves.add(entities.isEmpty() ? 5 : 0.3, this::start);
        }
        if (configured.size() < stores.size() && invariants.acknowledged() > 1) {
            moves.add(
                    0.2,
                    () -> configured = stores.stream().map(SimulatedStore::name).toList());
        }
        if (mayPromote && invariants.acknowledged() > 1) {
            moves.add(0.2, this::promote);
        }
        for (var store : stores) {
            if (store != promoted && !invariants.isPromoting()) {
                moves.add(store.isDown() ? 0.6 : 0.15, () -> store.down(!store.isDown()));
            }
            if (!store.hanging().isEmpty()) {
                moves.add(1, () -> land(store));
            }
            if (invariants.mayLose(store)) {
                moves.add(0.1, () -> wipe(store));
            }
        }
        moves.doOne(chance);
    }

    private void start() {
        started++;
        var process = chance.below(PROCESSES);
        var id = mutant.isWriterFresh() ? "w" + started : "w" + process;
        var left = promoted;
        var incarnation = invariants.isPromoting() && left != null
                ? mutant.promoting(
                        configured, id, new Reign.Promotion(id, List.of(left.name()), "operator", "the others burned", null))
                : mutant.incarnation(configured, id);
        var entity = new SimulatedEntity("w" + started, incarnation, this);
        log(() -> entity.name() + " starts");
        entities.add(entity);
        entity.start();
    }

    /** Two voters burn; of one of them an old disk may turn up again. Nobody runs meanwhile. */
    private void promote() {
        var left = stores.get(chance.below(2));
        if (left.state().isBlank()) {
            return;
        }
        log(() -> left.name() + " is promoted");
        mayPromote = false;
        entities.clear();
        var mayTurnUp = stores.get(chance.below(stores.size()));
        for (var store : stores) {
            store.hanging().clear();
            store.down(store != left);
            if (store != left && store != mayTurnUp) {
                store.wipe();
            }
        }
        promoted = left;
        invariants.promoting();
    }

    private void die(SimulatedEntity entity) {
        log(() -> entity.name() + " dies");
        entities.remove(entity);
    }

    private void land(SimulatedStore store) {
        var record = store.hanging().remove(chance.below(store.hanging().size()));
        var isTaken = store.append(record);
        log(() -> "late write on " + store.name() + (isTaken ? " lands: " : " is refused: ") + record);
    }

    private void wipe(SimulatedStore store) {
        log(() -> store.name() + " loses its data");
        store.wipe();
        invariants.lost(store);
    }

    /** All faults end, one process is left: all voters come to hold what was acknowledged. */
    private void settle() {
        log(() -> "the faults end");
        chance.calmDown();
        entities.clear();
        configured = stores.stream().map(SimulatedStore::name).toList();
        stores.forEach(store -> {
            store.down(false);
            while (!store.hanging().isEmpty()) {
                land(store);
            }
        });
        for (var i = 0; i < SETTLED_AFTER && !invariants.hasConverged(); i++) {
            entities.removeIf(SimulatedEntity::isOver);
            if (entities.isEmpty()) {
                start();
            }
            var moves = new Moves();
            entities.forEach(entity -> entity.moves(moves));
            moves.doOne(chance);
            invariants.check();
        }
        invariants.checkConverged();
    }

    /** Old copies of what the voters hold. */
    Map<String, WitnessLog> copies() {
        var copies = new HashMap<String, WitnessLog>();
        stores.forEach(store -> copies.put(store.name(), store.log()));
        return copies;
    }
}
