package io.tabot.journal;

import io.tabot.config.Voter;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.StashBuffer;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/**
 * Makes a journal usable before its voter runs, and again after the voter failed: the database may have come back
 * empty. What is asked meanwhile waits; it is dropped when the attempt fails, since no answer means unknown.
 */
final class PreparedJournal extends AbstractBehavior<PreparedJournal.Message> {
    private static final int WAITING_MAX = 100;
    private static final Duration RETRY_MIN = Duration.ofSeconds(1);
    private static final Duration RETRY_MAX = Duration.ofSeconds(5);

    /** A journal that lasted so long is tried again at once when it fails. */
    private static final Duration SETTLED = Duration.ofSeconds(10);

    sealed interface Message {}

    private record Asked(Voter.Command command) implements Message {}

    private record Prepared(@Nullable Throwable failure) implements Message {}

    private record Retry() implements Message {}

    private record Settled() implements Message {}

    private final JournalPlugin plugin;
    private final Behavior<Voter.Command> journal;
    private final TimerScheduler<Message> timers;
    private final StashBuffer<Message> waiting;
    private @Nullable ActorRef<Voter.Command> running;
    private Duration pause = RETRY_MIN;

    private PreparedJournal(
            JournalPlugin plugin,
            Behavior<Voter.Command> journal,
            ActorContext<Message> context,
            TimerScheduler<Message> timers,
            StashBuffer<Message> waiting) {
        super(context);
        this.plugin = plugin;
        this.journal = journal;
        this.timers = timers;
        this.waiting = waiting;
    }

    static Behavior<Voter.Command> create(JournalPlugin plugin, Behavior<Voter.Command> journal) {
        Behavior<Message> behavior =
                Behaviors.setup(context -> Behaviors.withTimers(timers -> Behaviors.withStash(WAITING_MAX, waiting -> {
                    context.setLoggerName(ConfigJournal.class);
                    var prepared = new PreparedJournal(plugin, journal, context, timers, waiting);
                    prepared.prepare();
                    return prepared;
                })));
        return Behaviors.transformMessages(
                Voter.Command.class, behavior, messages -> messages.match(Voter.Command.class, Asked::new));
    }

    @Override
    public Receive<Message> createReceive() {
        return newReceiveBuilder()
                .onMessage(Asked.class, this::onAsked)
                .onMessage(Prepared.class, prepared -> onPrepared(prepared.failure()))
                .onMessage(Retry.class, _ -> prepare())
                .onMessage(Settled.class, _ -> onSettled())
                .onSignal(Terminated.class, _ -> onEnded())
                .build();
    }

    private Behavior<Message> onAsked(Asked asked) {
        if (running != null) {
            running.tell(asked.command());
        } else if (!waiting.isFull()) {
            waiting.stash(asked);
        }
        return this;
    }

    private Behavior<Message> prepare() {
        var blocking = getContext().getSystem().dispatchers().lookup(DispatcherSelector.blocking());
        getContext()
                .pipeToSelf(
                        CompletableFuture.runAsync(plugin.preparation()::run, blocking),
                        (_, failure) -> new Prepared(failure));
        return this;
    }

    private Behavior<Message> onPrepared(@Nullable Throwable failure) {
        if (failure == null) {
            timers.startSingleTimer(new Settled(), SETTLED);
            var child = getContext().spawn(journal, "log");
            getContext().watch(child);
            running = child;
            return waiting.unstashAll(this);
        }
        var cause = failure.getCause() == null ? failure : failure.getCause();
        var reason = cause instanceof JournalUnavailableException ? cause.getMessage() : cause.toString();
        getContext()
                .getLog()
                .warn("journal {} at {} can't be used: {}; trying again", plugin.voter(), plugin.place(), reason);
        waiting.forEach(message -> refuse(message, String.valueOf(reason)));
        waiting.clear();
        retry();
        return this;
    }

    private Behavior<Message> onSettled() {
        pause = RETRY_MIN;
        return this;
    }

    private Behavior<Message> onEnded() {
        running = null;
        timers.cancel(new Settled());
        getContext().getLog().warn("journal {} at {} failed; reading it again", plugin.voter(), plugin.place());
        retry();
        return this;
    }

    private void retry() {
        timers.startSingleTimer(new Retry(), pause);
        var doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(RETRY_MAX) > 0 ? RETRY_MAX : doubled;
    }

    private void refuse(Message message, String reason) {
        if (message instanceof Asked(Voter.ReadEvents read)) {
            read.replyTo().tell(new Voter.EventsUnavailable(plugin.voter() + ": " + reason));
        }
    }
}
