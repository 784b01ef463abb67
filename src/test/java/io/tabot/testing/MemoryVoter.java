package io.tabot.testing;

import io.tabot.config.ConfigEvent;
import io.tabot.config.HashChain;
import io.tabot.config.Term;
import io.tabot.config.Voter;
import io.tabot.config.VoterRecord;
import io.tabot.config.VoterState;
import io.tabot.config.Writer;
import io.tabot.journal.KnownPromotions;
import io.tabot.journal.StoredRecord;
import io.tabot.journal.Verdict;
import io.tabot.journal.VoterLog;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** A voter that decides as a journal does, remembers in memory, outlives the actors that use it, and can be cut off. */
public final class MemoryVoter {
    private final String name;
    private final Map<String, ConfigEvent> events = new HashMap<>();
    private final Map<Long, ConfigEvent> byPosition = new HashMap<>();
    private VoterLog log = VoterLog.EMPTY;
    private boolean isAway;

    public MemoryVoter(String name) {
        this.name = name;
    }

    /** What an earlier incarnation wrote, whose only voter this was. */
    public void remember(List<ConfigEvent> history) {
        remember(history, List.of(name));
    }

    /** What an earlier incarnation of these voters wrote. */
    public synchronized void remember(List<ConfigEvent> history, List<String> voters) {
        var earlier = new Writer(new Term(0, 1), "earlier");
        store(log.next(new VoterRecord.TermOpened(earlier, 0, HashChain.GENESIS, voters)));
        history.forEach(event -> store(log.next(new VoterRecord.Event(earlier, earlier.term(), event))));
    }

    public Behavior<Voter.Command> behavior() {
        return Behaviors.receiveMessage(command -> {
            on(command);
            return Behaviors.same();
        });
    }

    /** Hears nothing from now on. */
    public synchronized void goAway() {
        isAway = true;
    }

    public synchronized void comeBack() {
        isAway = false;
    }

    /** Loses all it held. */
    public synchronized void wipe() {
        log = VoterLog.EMPTY;
        events.clear();
        byPosition.clear();
    }

    /** What it keeps. */
    public synchronized List<ConfigEvent> kept() {
        return read(1, Integer.MAX_VALUE).events();
    }

    /** The number of its newest record. */
    public synchronized long position() {
        return log.position();
    }

    private synchronized void on(Voter.Command command) {
        if (isAway) {
            return;
        }
        switch (command) {
            case Voter.Read(var replyTo) -> replyTo.tell(new Voter.Holds(name, log.state()));
            case Voter.Claim(var me, var replyTo) ->
                replyTo.tell(
                        carryOut(Verdict.onClaim(name, log.state(), me), claimed -> new Voter.Claimed(name, claimed)));
            case Voter.Append(var position, var record, var replyTo) ->
                replyTo.tell(carryOut(
                        Verdict.onAppend(name, log.state(), position, record),
                        stored -> new Voter.Stored(name, stored)));
            case Voter.ReadEvents(var from, var limit, var replyTo) -> replyTo.tell(read(from, limit));
            case Voter.ReadPromotions(var limit, var replyTo) -> replyTo.tell(promotions(limit));
        }
    }

    private Voter.Reply carryOut(Verdict verdict, Function<VoterState, Voter.Reply> onceStored) {
        return switch (verdict) {
            case Verdict.Say(var reply) -> reply;
            case Verdict.Store(var record) -> {
                store(record);
                yield onceStored.apply(log.state());
            }
        };
    }

    private void store(StoredRecord record) {
        log = log.apply(record);
        if (record.record() instanceof VoterRecord.Event(var _, var _, var event)) {
            events.put(event.hash(), event);
            byPosition.put(record.position(), event);
        }
    }

    private Voter.Promotions promotions(int limit) {
        var known = new KnownPromotions(
                        limit,
                        positions -> CompletableFuture.completedStage(
                                positions.stream().map(byPosition::get).toList()))
                .read(log.promotions())
                .toCompletableFuture()
                .join();
        return new Voter.Promotions(name, known);
    }

    private Voter.Events read(long from, int limit) {
        var end = Math.min(from - 1 + limit, log.revision());
        var kept = LongStream.rangeClosed(from, end)
                .mapToObj(revision -> events.get(log.kept().upTo(revision).hash()))
                .toList();
        return new Voter.Events(kept, end < log.revision());
    }
}
