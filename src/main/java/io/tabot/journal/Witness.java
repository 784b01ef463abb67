package io.tabot.journal;

import io.tabot.config.Voter;
import io.tabot.config.VoterState;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * The voter that is no journal: one small value instead of a history. Answers as a {@link ConfigJournal} does. Reads
 * the value anew whenever it is asked what it holds; what it can't read or write it leaves unanswered.
 */
public final class Witness {
    private final String name;
    private final WitnessStore store;
    private final ActorContext<Voter.Command> context;
    private WitnessStore.Versioned held = new WitnessStore.Versioned(WitnessLog.EMPTY, -1);
    private boolean isFailing;

    private Witness(String name, WitnessStore store, ActorContext<Voter.Command> context) {
        this.name = name;
        this.store = store;
        this.context = context;
    }

    /** @param store of one environment; asking it may take a while, so this needs a dispatcher for that */
    public static Behavior<Voter.Command> create(WitnessStore store) {
        return Behaviors.setup(context -> {
            context.setLoggerName(Witness.class);
            var witness = new Witness(Voter.WITNESS, store, context);
            return Behaviors.receiveMessage(command -> {
                witness.on(command);
                return Behaviors.same();
            });
        });
    }

    private void on(Voter.Command command) {
        try {
            switch (command) {
                case Voter.Read(var replyTo) -> {
                    held = store.read();
                    replyTo.tell(new Voter.Holds(name, state()));
                }
                case Voter.Claim(var me, var replyTo) ->
                    carryOut(Verdict.onClaim(name, fresh(), me), replyTo, claimed -> new Voter.Claimed(name, claimed));
                case Voter.Append(var position, var record, var replyTo) ->
                    carryOut(
                            Verdict.onAppend(name, fresh(), position, record),
                            replyTo,
                            stored -> new Voter.Stored(name, stored));
                case Voter.ReadEvents(var from, var limit, var replyTo) -> replyTo.tell(events(from, limit));
                case Voter.ReadPromotions(var _, var replyTo) -> replyTo.tell(new Voter.Promotions(name, List.of()));
            }
            recovered();
        } catch (IOException e) {
            forget();
            failed(e);
        }
    }

    private void carryOut(Verdict verdict, ActorRef<Voter.Reply> replyTo, Function<VoterState, Voter.Reply> onceStored)
            throws IOException {
        switch (verdict) {
            case Verdict.Say(var reply) -> replyTo.tell(reply);
            case Verdict.Store(var record) -> {
                var next = held.log().apply(record);
                var mark = store.replace(held.mark(), next);
                if (mark.isPresent()) {
                    held = new WitnessStore.Versioned(next, mark.get());
                    replyTo.tell(onceStored.apply(next.state()));
                } else {
                    held = store.read();
                    replyTo.tell(new Voter.Moved(name, state()));
                }
            }
        }
    }

    private Voter.Events events(long from, int limit) {
        var events = held.log().eventsFrom(from, limit);
        return new Voter.Events(events, !events.isEmpty() && events.getLast().revision() < state().revision());
    }

    private VoterState fresh() throws IOException {
        if (held.mark() < 0) {
            held = store.read();
        }
        return state();
    }

    private VoterState state() {
        return held.log().state();
    }

    private void forget() {
        held = new WitnessStore.Versioned(WitnessLog.EMPTY, -1);
    }

    private void failed(IOException e) {
        if (!isFailing) {
            isFailing = true;
            context.getLog().warn("the witness does not work: {}", e.getMessage());
        }
    }

    private void recovered() {
        if (isFailing) {
            isFailing = false;
            context.getLog().info("the witness works again");
        }
    }
}
