package io.tabot.config;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
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
    private final List<SimulatedFeed> feeds = List.of(new SimulatedFeed("feed1"), new SimulatedFeed("feed2"));
    private final List<Runnable> late = new ArrayList<>();
    private final SimulatedClients clients;
    private final Map<String, ConfigEvent> events = new HashMap<>();
    private final Invariants invariants;
    private final @Nullable List<String> trace;
    private List<String> configured;
    private boolean mayPromote;
    private boolean mayGoBack;
    private Map<String, SimulatedStore.Copy> backup = Map.of();
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
        this.invariants = new Invariants(stores, this::keyOf);
        this.clients = new SimulatedClients(chance);
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

    /** Some time all voters are brought back from a backup, which only the feeds can notice; a promotion settles it. */
    SimulatedWorld withBackup() {
        mayGoBack = true;
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

    List<SimulatedFeed> feeds() {
        return feeds;
    }

    SimulatedClients clients() {
        return clients;
    }

    boolean mayChange(Incarnation incarnation) {
        return incarnation.takesChanges()
                && (chance.isCalm() ? clients.isWaiting() : invariants.acknowledged() < EVENTS_MAX);
    }

    /** The feed hears it from an entity: now, late, or never. What it asks for then goes to whoever is there. */
    void hear(SimulatedFeed feed, SimulatedFeed.News news, SimulatedEntity from) {
        if (chance.isOneIn(8)) {
            return;
        }
        Runnable arrives = () -> {
            var before = feed.shown();
            var isAsking = feed.hear(news, mutant);
            log(() -> feed.name() + " hears " + news + " and shows " + feed.shown());
            invariants.shown(feed, before);
            if (isAsking) {
                ask(feed);
            }
        };
        if (chance.isLate()) {
            late.add(arrives);
        } else {
            arrives.run();
        }
    }

    private void ask(SimulatedFeed feed) {
        if (!entities.isEmpty()) {
            var entity = entities.get(chance.below(entities.size()));
            late.add(() -> entity.asked(feed));
        }
    }

    ConfigEvent eventOf(String hash) {
        return Objects.requireNonNull(events.get(hash));
    }

    String keyOf(String hash) {
        return Objects.requireNonNull(eventOf(hash).idempotency()).key();
    }

    ConfigEvent event(long revision, String previous, String key, String by) {
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
        events.put(event.hash(), event);
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
        if (mayGoBack && invariants.acknowledged() > 0) {
            moves.add(0.2, backup.isEmpty() ? this::backUp : this::goBack);
        }
        if (!late.isEmpty()) {
            moves.add(2, this::hearLate);
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
                        configured,
                        id,
                        new Reign.Promotion(id, List.of(left.name()), "operator", "the others burned", null))
                : mutant.incarnation(configured, id);
        var entity = new SimulatedEntity("w" + started, incarnation, this);
        log(() -> entity.name() + " starts");
        entities.add(entity);
        // A question of a feed is what starts an entity.
        entity.asked(feeds.get(chance.below(feeds.size())));
        entity.start();
    }

    private void hearLate() {
        late.remove(chance.below(late.size())).run();
    }

    private void backUp() {
        log(() -> "a backup is made");
        stores.forEach(store -> store.hanging().clear());
        entities.clear();
        backup = stores.stream().collect(Collectors.toMap(SimulatedStore::name, SimulatedStore::copy));
    }

    /** Nobody runs meanwhile, and nobody is told. Sooner or later an operator promotes what is there now. */
    private void goBack() {
        log(() -> "the backup is brought back");
        mayGoBack = false;
        mayPromote = true;
        entities.clear();
        late.clear();
        stores.forEach(store -> {
            store.down(false);
            store.restore(Objects.requireNonNull(backup.get(store.name())));
        });
        invariants.wentBack();
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

    /** All faults end, one process is left: all voters come to hold what was acknowledged, and it goes on. */
    private void settle() {
        while (invariants.hasGoneBack() && !invariants.isPromoting()) {
            promote();
        }
        log(() -> "the faults end");
        chance.calmDown();
        entities.clear();
        late.clear();
        configured = stores.stream().map(SimulatedStore::name).toList();
        stores.forEach(store -> {
            store.down(false);
            while (!store.hanging().isEmpty()) {
                land(store);
            }
        });
        calmMoves(() -> invariants.hasConverged());
        invariants.checkConverged();
        log(() -> "clients repeat what was not answered");
        calmMoves(() -> !clients.isWaiting()
                && invariants.hasConverged()
                && entities.stream().anyMatch(SimulatedEntity::isServing));
        invariants.checkConverged();
        invariants.checkAppliedOnce(clients.all(), clients.waiting());
        invariants.checkServing(entities);
    }

    private void calmMoves(BooleanSupplier isDone) {
        for (var i = 0; i < SETTLED_AFTER && !isDone.getAsBoolean(); i++) {
            entities.removeIf(SimulatedEntity::isOver);
            if (entities.isEmpty()) {
                start();
            }
            var moves = new Moves();
            entities.forEach(entity -> entity.moves(moves));
            if (!late.isEmpty()) {
                moves.add(2, this::hearLate);
            }
            moves.doOne(chance);
            invariants.check();
        }
    }
}
