package io.tabot.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A process with one incarnation: carries out its steps as a ConfigEntity does, and loses what chance wants lost. */
final class SimulatedEntity {
    private final String name;
    private final Incarnation incarnation;
    private final SimulatedWorld world;
    private final Map<String, SimulatedChild> children = new LinkedHashMap<>();
    private final Map<String, List<Voter.Reply>> late = new HashMap<>();
    private final Set<String> asked = new LinkedHashSet<>();
    private final Set<String> lookAgain = new LinkedHashSet<>();
    private final Map<String, Long> keys = new HashMap<>();
    private boolean isOver;
    private boolean isReady;

    SimulatedEntity(String name, Incarnation incarnation, SimulatedWorld world) {
        this.name = name;
        this.incarnation = incarnation;
        this.world = world;
        world.stores().forEach(store -> children.put(store.name(), new SimulatedChild(store, world.mutant())));
    }

    void start() {
        carryOut(incarnation.start());
    }

    String name() {
        return name;
    }

    boolean isOver() {
        return isOver;
    }

    Incarnation incarnation() {
        return incarnation;
    }

    /** Everything that may happen next here, with its weight. */
    void moves(SimulatedWorld.Moves moves) {
        children.forEach((voter, child) -> {
            if (child.hasWork()) {
                moves.add(10, () -> work(voter, child));
            }
        });
        asked.forEach(voter -> moves.add(children.get(voter).hasWork() ? 0.5 : 5, () -> silence(voter)));
        late.forEach((voter, replies) -> {
            if (!replies.isEmpty()) {
                moves.add(3, () -> answer(replies.removeFirst()));
            }
        });
        lookAgain.forEach(voter -> moves.add(5, () -> look(voter)));
        moves.add(0.5, () -> carryOut(incarnation.idle()));
        if (isReady && world.mayChange(incarnation)) {
            moves.add(10, this::change);
        }
    }

    private void work(String voter, SimulatedChild child) {
        var reply = child.work(world.chance().write(), world.chance().isOneIn(2));
        world.log(() -> name + ": " + voter + " -> " + reply);
        reply.ifPresent(given -> {
            if (world.chance().isLate()) {
                late.computeIfAbsent(voter, _ -> new ArrayList<>()).add(given);
            } else {
                answer(given);
            }
        });
    }

    private void answer(Voter.Reply reply) {
        asked.remove(reply.voter());
        carryOut(incarnation.answered(reply));
    }

    private void silence(String voter) {
        world.log(() -> name + ": " + voter + " is silent");
        asked.remove(voter);
        if (world.chance().isOneIn(3)) {
            children.get(voter).restart(world.chance().isOneIn(2));
        }
        carryOut(incarnation.silent(voter));
    }

    private void look(String voter) {
        lookAgain.remove(voter);
        carryOut(incarnation.lookAgain(voter));
    }

    private void change() {
        var key = world.chance().key();
        if (keys.containsKey(key)) {
            world.log(() -> name + ": " + key + " again");
            return;
        }
        submit(key);
    }

    private void submit(String key) {
        var history = incarnation.history();
        var event = SimulatedWorld.event(history.revision() + 1, history.hash(), key, name);
        world.log(() -> name + ": decides " + key + " as revision " + event.revision());
        carryOut(incarnation.submit(event));
    }

    private void carryOut(List<Step> steps) {
        for (var step : steps) {
            if (isOver) {
                return;
            }
            switch (step) {
                case Step.Ask(var voter, var request) -> {
                    world.log(() -> name + ": asks " + voter + " " + request);
                    asked.add(voter);
                    children.get(voter).tell(request);
                }
                case Step.Fetch fetch -> fetch(fetch);
                case Step.Opened(var revision, var _, var _) -> opened(revision);
                case Step.Committed(var event, var durability) -> committed(event, durability);
                case Step.Unconfirmed _ -> {}
                case Step.LookAgain(var voter) -> lookAgain.add(voter);
                case Step.Deposed _ -> isOver = true;
                case Step.StartAnew _ -> isOver = true;
            }
        }
    }

    private void fetch(Step.Fetch fetch) {
        var events = world.chance().isOneIn(10)
                ? List.<ConfigEvent>of()
                : children.get(fetch.source()).events(fetch.fromRevision(), fetch.limit());
        carryOut(incarnation.fetched(fetch.voter(), events));
    }

    private void opened(long revision) {
        world.log(() -> name + ": " + incarnation.term() + " is open at revision " + revision);
        world.invariants().opened(incarnation);
        keys.clear();
        for (var older = 1L; older <= revision; older++) {
            keys.put(world.keyOf(incarnation.history().upTo(older).hash()), older);
        }
        isReady = true;
    }

    private void committed(ConfigEvent event, List<String> durability) {
        world.log(() -> name + ": revision " + event.revision() + " is on " + durability);
        keys.put(world.keyOf(event.hash()), event.revision());
        world.invariants().committed(incarnation, event);
    }
}
