package io.tabot.config;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * An entity's children, one a voter: starts them, asks them, and reports their silence. A child that stopped is
 * started anew only after it has ended, so that there are never two for one journal.
 */
final class VoterLinks {
    private final Map<String, Behavior<Voter.Command>> behaviors;
    private final Duration timeout;
    private final ActorContext<ConfigEntity.Command> context;
    private final TimerScheduler<ConfigEntity.Command> timers;
    private final ActorRef<Voter.Reply> replies;
    private final Map<String, ActorRef<Voter.Command>> running = new HashMap<>();

    VoterLinks(
            Map<String, Behavior<Voter.Command>> behaviors,
            Duration timeout,
            ActorContext<ConfigEntity.Command> context,
            TimerScheduler<ConfigEntity.Command> timers,
            ActorRef<Voter.Reply> replies) {
        this.behaviors = behaviors;
        this.timeout = timeout;
        this.context = context;
        this.timers = timers;
        this.replies = replies;
    }

    void ask(Step.Ask ask) {
        var voter = running.computeIfAbsent(ask.voter(), this::spawn);
        voter.tell(message(ask.request()));
        timers.startSingleTimer(timer(ask.voter()), new ConfigEntity.VoterSilent(ask.voter()), timeout);
    }

    void answered(String voter) {
        timers.cancel(timer(voter));
    }

    /** The child ended by itself; the next question starts another. */
    void ended(String voter) {
        running.remove(voter);
        timers.cancel(timer(voter));
    }

    Optional<ActorRef<Voter.Command>> ref(String voter) {
        return Optional.ofNullable(running.get(voter));
    }

    private ActorRef<Voter.Command> spawn(String voter) {
        var behavior = behaviors.get(voter);
        if (behavior == null) {
            throw new IllegalArgumentException("no journal is called " + voter);
        }
        var child = voter.equals(Voter.WITNESS)
                ? context.spawn(behavior, voter, DispatcherSelector.blocking())
                : context.spawn(behavior, "journal-" + voter);
        context.watchWith(child, new ConfigEntity.VoterEnded(voter));
        return child;
    }

    private Voter.Command message(Step.Request request) {
        return switch (request) {
            case Step.Read() -> new Voter.Read(replies);
            case Step.Claim(var me) -> new Voter.Claim(me, replies);
            case Step.Append(var position, var record) -> new Voter.Append(position, record, replies);
        };
    }

    private static String timer(String voter) {
        return "silent-" + voter;
    }
}
