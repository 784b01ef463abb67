package io.tabot.journal;

import io.tabot.config.Voter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.PostStop;
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
 * empty. What is asked meanwhile waits. Whoever asked is told of a failure: what became of his question is unknown.
 * Ends when the store turns out to be another one than it was, with or without traffic: the voter has to be read anew.
 */
final class PreparedJournal extends AbstractBehavior<PreparedJournal.Message> {
    private static final int WAITING_MAX = 100;
    private static final Duration RETRY_MIN = Duration.ofSeconds(1);
    private static final Duration RETRY_MAX = Duration.ofSeconds(5);

    /** A store that nobody writes to is looked at so often. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    /** A journal that lasted so long is tried again at once when it fails. */
    private static final Duration SETTLED = Duration.ofSeconds(10);

    sealed interface Message {}

    private record Asked(Voter.Command command) implements Message {}

    private record Prepared(
            @Nullable Opened opened, @Nullable Throwable failure) implements Message {}

    private record Opened(OpenStore store, OpenStore.Standing standing) {}

    private record LookAtStore() implements Message {}

    private record StoreLost(StoreGuard guard, String how) implements Message {}

    private record Retry() implements Message {}

    private record Settled() implements Message {}

    private final JournalPlugin plugin;
    private final String persistenceId;
    private final Function<StoreGuard, Behavior<Voter.Command>> journal;
    private final Executor blocking;
    private final TimerScheduler<Message> timers;
    private final StashBuffer<Message> waiting;
    private @Nullable ActorRef<Voter.Command> running;
    private @Nullable StoreGuard guard;
    private @Nullable ActorRef<Voter.Reply> newestAsker;
    private Duration pause = RETRY_MIN;

    private PreparedJournal(
            JournalPlugin plugin,
            String persistenceId,
            Function<StoreGuard, Behavior<Voter.Command>> journal,
            ActorContext<Message> context,
            TimerScheduler<Message> timers,
            StashBuffer<Message> waiting) {
        super(context);
        this.plugin = plugin;
        this.persistenceId = persistenceId;
        this.journal = journal;
        this.blocking = context.getSystem().dispatchers().lookup(DispatcherSelector.blocking());
        this.timers = timers;
        this.waiting = waiting;
    }

    static Behavior<Voter.Command> create(
            JournalPlugin plugin, String persistenceId, Function<StoreGuard, Behavior<Voter.Command>> journal) {
        Behavior<Message> behavior =
                Behaviors.setup(context -> Behaviors.withTimers(timers -> Behaviors.withStash(WAITING_MAX, waiting -> {
                    context.setLoggerName(ConfigJournal.class);
                    var prepared = new PreparedJournal(plugin, persistenceId, journal, context, timers, waiting);
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
                .onMessage(Prepared.class, this::onPrepared)
                .onMessage(Retry.class, _ -> prepare())
                .onMessage(Settled.class, _ -> onSettled())
                .onMessage(LookAtStore.class, _ -> onLookAtStore())
                .onMessage(StoreLost.class, this::onStoreLost)
                .onSignal(PostStop.class, _ -> release())
                .onSignal(Terminated.class, _ -> onEnded())
                .build();
    }

    private Behavior<Message> onAsked(Asked asked) {
        if (running != null) {
            asker(asked.command()).ifPresent(asker -> newestAsker = asker);
            running.tell(asked.command());
        } else if (!waiting.isFull()) {
            waiting.stash(asked);
        }
        return this;
    }

    private Behavior<Message> prepare() {
        getContext().pipeToSelf(CompletableFuture.supplyAsync(this::open, blocking), Prepared::new);
        return this;
    }

    private Opened open() {
        var store = plugin.preparation().run(persistenceId);
        try {
            return new Opened(store, store.standing());
        } catch (JournalUnavailableException e) {
            store.close();
            throw e;
        }
    }

    private Behavior<Message> onPrepared(Prepared prepared) {
        return prepared.opened() == null ? onUnusable(prepared.failure()) : run(prepared.opened());
    }

    private Behavior<Message> run(Opened opened) {
        timers.startSingleTimer(new Settled(), SETTLED);
        var self = getContext().getSelf();
        var fresh = new StoreGuard(
                opened.store(), opened.standing(), blocking, (lost, how) -> self.tell(new StoreLost(lost, how)));
        guard = fresh;
        timers.startTimerWithFixedDelay(new LookAtStore(), LOOK);
        var child = getContext().spawn(journal.apply(fresh), "log");
        getContext().watch(child);
        running = child;
        return waiting.unstashAll(this);
    }

    private Behavior<Message> onUnusable(@Nullable Throwable failure) {
        var cause = failure == null || failure.getCause() == null ? failure : failure.getCause();
        var reason = String.valueOf(cause instanceof JournalUnavailableException ? cause.getMessage() : cause);
        getContext()
                .getLog()
                .warn("journal {} at {} can't be used: {}; trying again", plugin.voter(), plugin.place(), reason);
        waiting.forEach(message -> refuse(message, reason));
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
        var _ = release();
        timers.cancel(new Settled());
        if (newestAsker != null) {
            newestAsker.tell(new Voter.Failed(plugin.voter()));
        }
        getContext().getLog().warn("journal {} at {} failed; reading it again", plugin.voter(), plugin.place());
        retry();
        return this;
    }

    private Behavior<Message> onLookAtStore() {
        if (guard != null) {
            guard.onceSure(0, () -> {});
        }
        return this;
    }

    private Behavior<Message> onStoreLost(StoreLost loss) {
        if (loss.guard() != guard) {
            return this;
        }
        getContext().getLog().error("journal {} at {} {}", plugin.voter(), plugin.place(), loss.how());
        return Behaviors.stopped();
    }

    private Behavior<Message> release() {
        timers.cancel(new LookAtStore());
        if (guard != null) {
            guard.close();
            guard = null;
        }
        return this;
    }

    private void retry() {
        timers.startSingleTimer(new Retry(), pause);
        var doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(RETRY_MAX) > 0 ? RETRY_MAX : doubled;
    }

    private void refuse(Message message, String reason) {
        if (message instanceof Asked(var command)) {
            asker(command).ifPresent(asker -> asker.tell(new Voter.Failed(plugin.voter())));
            if (command instanceof Voter.ReadEvents read) {
                read.replyTo().tell(new Voter.EventsUnavailable(plugin.voter() + ": " + reason));
            }
            if (command instanceof Voter.ReadPromotions read) {
                read.replyTo().tell(new Voter.PromotionsUnavailable(plugin.voter(), reason));
            }
        }
    }

    private static Optional<ActorRef<Voter.Reply>> asker(Voter.Command command) {
        return switch (command) {
            case Voter.Read(var replyTo) -> Optional.of(replyTo);
            case Voter.Claim(var _, var replyTo) -> Optional.of(replyTo);
            case Voter.Append(var _, var _, var replyTo) -> Optional.of(replyTo);
            case Voter.ReadEvents _, Voter.ReadPromotions _ -> Optional.empty();
        };
    }
}
