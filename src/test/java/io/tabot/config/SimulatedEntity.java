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
    private final HistoryFold fold = new HistoryFold("simulation");
    private final List<SimulatedFeed.Shown> told = new ArrayList<>();
    private IdempotencyMemory keys = IdempotencyMemory.NONE;
    private boolean isOver;
    private boolean isReady;
    private boolean isVetoed;

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
        if (isReady && !isVetoed) {
            moves.add(0.3, () -> tell(new SimulatedFeed.News.Heartbeat(head())));
            if (world.mayChange(incarnation)) {
                moves.add(10, this::change);
            }
        }
    }

    /** A feed asks for the state and tells what it has shown. */
    void asked(SimulatedFeed feed) {
        var shown = feed.shown();
        told.add(shown);
        fold.seenElsewhere(shown.generation(), shown.revision(), shown.hash());
        if (isReady) {
            checkAgainstFeeds();
            if (!isVetoed) {
                world.hear(feed, new SimulatedFeed.News.StateIs(head()), this);
            }
        }
    }

    boolean isServing() {
        return isReady && !isVetoed && !isOver && incarnation.takesChanges();
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
        var key = world.clients().next();
        var before = keys.find(key);
        if (before.isPresent()) {
            world.log(() -> name + ": " + key + " again");
            answer(key, before.get());
            return;
        }
        var history = incarnation.history();
        var event = world.event(history.revision() + 1, history.hash(), key, name);
        world.log(() -> name + ": decides " + key + " as revision " + event.revision());
        world.invariants().decided(incarnation, event, told);
        carryOut(incarnation.submit(event));
    }

    private void answer(String key, ConfigEvent event) {
        world.invariants().answered(key, event);
        // An answer may be lost on its way to the client.
        if (!world.chance().isLate()) {
            world.clients().answered(key);
        }
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
        var remembered = IdempotencyMemory.NONE;
        for (var older = 1L; older <= revision; older++) {
            remembered = remembered.with(
                    world.eventOf(incarnation.history().upTo(older).hash()));
        }
        keys = world.mutant().remembered(remembered);
        isReady = true;
        checkAgainstFeeds();
        if (!isVetoed) {
            tell(new SimulatedFeed.News.StateIs(head()));
        }
    }

    private void committed(ConfigEvent event, List<String> durability) {
        world.log(() -> name + ": revision " + event.revision() + " is on " + durability);
        keys = keys.with(event);
        world.invariants().committed(incarnation, event);
        answer(world.keyOf(event.hash()), event);
        tell(new SimulatedFeed.News.Published(head(), event.previousHash()));
    }

    private void checkAgainstFeeds() {
        var veto = world.mutant()
                .veto(fold, incarnation.history(), incarnation.term().generation());
        if (veto.isPresent() && !isVetoed) {
            world.log(() -> name + ": read-only, " + veto.get());
            world.invariants().vetoed(incarnation);
            isVetoed = true;
        }
    }

    private SimulatedFeed.Shown head() {
        // What is not confirmed yet is never told.
        var history = incarnation.history();
        var revision = incarnation.pending().map(event -> event.revision() - 1).orElse(history.revision());
        return new SimulatedFeed.Shown(
                incarnation.term().generation(),
                revision,
                history.upTo(revision).hash());
    }

    private void tell(SimulatedFeed.News news) {
        world.feeds().forEach(feed -> world.hear(feed, news, this));
    }
}
