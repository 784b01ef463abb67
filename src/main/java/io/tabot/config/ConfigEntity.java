package io.tabot.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.jspecify.annotations.Nullable;

/**
 * The single writer of one environment's configuration. Takes one change at a time: decides it with
 * {@link ConfigRules}, has the voters remember the event, acknowledges it, then tells the feeds. What has no majority
 * is never acknowledged, never shown, and blocks every later change until it is settled ({@link Incarnation}).
 */
public final class ConfigEntity extends AbstractMatchingBehavior<ConfigEntity.Command> {
    public static final EntityTypeKey<Command> KEY = EntityTypeKey.create(Command.class, "config");

    private static final String BUSY = "the changes before this one took too long; try again";
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    /** What the entity understands. */
    public sealed interface Command {}

    /** Decide this and, unless it is only to be validated, make it so. */
    public record Change(ConfigCommand command, boolean validateOnly, ActorRef<ChangeReply> replyTo)
            implements Command {}

    /**
     * Tell the state in force. Not answered before the term is open.
     *
     * @param seenRevision what the feed has shown already, 0 for nothing
     * @param seenHash of that revision
     */
    public record GetState(ActorRef<ConfigFeed.Command> feed, long seenRevision, String seenHash) implements Command {}

    /** Read the history, newest first; see {@link Audit}. */
    public record ReadAudit(Audit.Query query, ActorRef<Audit.Reply> replyTo) implements Command {}

    /** End, children first: another node takes over, or this one stops. */
    public record Stop() implements Command {}

    private record VoterAnswered(Voter.Reply reply) implements Command {}

    record VoterSilent(String voter) implements Command {}

    record VoterEnded(String voter) implements Command {}

    private record LookAgainNow(String voter) implements Command {}

    private record ReadOn() implements Command {}

    record PageRead(Voter.EventsReply page) implements Command {}

    private record FeedsChanged(Set<ActorRef<ConfigFeed.Command>> feeds) implements Command {}

    private record HeartbeatDue() implements Command {}

    private final ConfigEntitySettings settings;
    private final TimerScheduler<Command> timers;
    private final Incarnation incarnation;
    private final VoterLinks voters;
    private final HistoryPages pages;
    private final WaitingChanges waiting = new WaitingChanges();
    private Set<ActorRef<ConfigFeed.Command>> feeds = Set.of();
    private final HistoryFold history;
    private ConfigState state;
    private Incarnation.@Nullable Opened opened;
    private boolean ready;
    private @Nullable ChangeInWork work;
    private List<String> durability = List.of();

    private ConfigEntity(ConfigEntitySettings settings, ActorContext<Command> context, TimerScheduler<Command> timers) {
        super(context);
        this.settings = settings;
        this.timers = timers;
        this.history = new HistoryFold(settings.environment());
        this.state = history.state();
        this.incarnation =
                new Incarnation(settings.voters().keySet(), settings.writerIds().get());
        this.voters = new VoterLinks(
                settings.voters(),
                settings.appendTimeout(),
                context,
                timers,
                context.messageAdapter(Voter.Reply.class, VoterAnswered::new));
        this.pages = new HistoryPages(voters, timers, context.messageAdapter(Voter.EventsReply.class, PageRead::new));
    }

    /** One fresh incarnation. */
    public static Behavior<Command> create(ConfigEntitySettings settings) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            context.setLoggerName(ConfigEntity.class);
            var entity = new ConfigEntity(settings, context, timers);
            entity.start();
            return entity;
        }));
    }

    private void start() {
        var context = getContext();
        var listings = context.messageAdapter(
                Receptionist.Listing.class,
                listing -> new FeedsChanged(listing.getServiceInstances(ConfigFeed.key(settings.environment()))));
        context.getSystem()
                .receptionist()
                .tell(Receptionist.subscribe(ConfigFeed.key(settings.environment()), listings));
        timers.startTimerWithFixedDelay(new HeartbeatDue(), settings.heartbeat());
        var _ = carryOut(incarnation.start());
    }

    @Override
    public Behavior<Command> onMessage(Command command) {
        return switch (command) {
            case Change change -> onChange(change);
            case GetState get -> onGetState(get);
            case ReadAudit read -> onReadAudit(read);
            case VoterAnswered(var reply) -> onVoterAnswered(reply);
            case VoterSilent(var voter) -> carryOut(incarnation.silent(voter));
            case VoterEnded(var voter) -> onVoterEnded(voter);
            case LookAgainNow(var voter) -> carryOut(incarnation.lookAgain(voter));
            case ReadOn() -> onReadOn();
            case PageRead(var page) -> onPage(page);
            case FeedsChanged(var now) -> onFeedsChanged(now);
            case HeartbeatDue() -> onHeartbeat();
            case Stop() -> Behaviors.stopped();
        };
    }

    private Behavior<Command> onChange(Change change) {
        if (history.broken().isPresent()) {
            change.replyTo().tell(new ChangeReply.ReadOnly(history.broken().get()));
        } else if (work instanceof ChangeInWork.Persisting(var pending, var _, var _, var answered) && answered) {
            change.replyTo().tell(whileUnconfirmed(pending, change));
        } else if (waiting.offer(
                change, settings.clock().millis() + settings.patience().toMillis())) {
            proceed();
        } else {
            change.replyTo()
                    .tell(new ChangeReply.ReadOnly(
                            WaitingChanges.COUNT_MAX + " changes are waiting already; try again later"));
        }
        return this;
    }

    private ChangeReply whileUnconfirmed(Change pending, Change change) {
        var key = change.command().meta().idempotency();
        var isSame = key != null && key.equals(pending.command().meta().idempotency());
        return isSame
                ? unconfirmed()
                : new ChangeReply.ReadOnly("an earlier change is not confirmed yet; " + awayText());
    }

    private Behavior<Command> onGetState(GetState get) {
        history.seenElsewhere(get.seenRevision(), get.seenHash());
        if (ready) {
            history.checkAgainstSeen(state)
                    .ifPresent(veto -> getContext().getLog().error("read-only: {}", veto));
        }
        if (isShown()) {
            get.feed().tell(new ConfigFeed.StateIs(state.withoutMemory(), durability));
        }
        return this;
    }

    private Behavior<Command> onReadAudit(ReadAudit read) {
        var voter = opened == null ? Optional.<ActorRef<Voter.Command>>empty() : voters.ref(opened.voter());
        if (ready && voter.isPresent()) {
            var _ = getContext().spawnAnonymous(Audit.reader(voter.get(), state.revision(), read));
        } else {
            read.replyTo().tell(new Audit.Unavailable(history.broken().orElseGet(this::awayText)));
        }
        return this;
    }

    private Behavior<Command> onVoterAnswered(Voter.Reply reply) {
        voters.answered(reply.voter());
        return carryOut(incarnation.answered(reply));
    }

    private Behavior<Command> onVoterEnded(String voter) {
        voters.ended(voter);
        return carryOut(incarnation.silent(voter));
    }

    private Behavior<Command> onFeedsChanged(Set<ActorRef<ConfigFeed.Command>> now) {
        feeds = Set.copyOf(now);
        return onHeartbeat();
    }

    private Behavior<Command> onHeartbeat() {
        if (isShown()) {
            publish(new ConfigFeed.Heartbeat(state.revision(), state.headHash(), durability));
            settings.notices().head(state.revision(), state.headHash());
        }
        if (work == null) {
            waiting.expire(settings.clock().millis(), new ChangeReply.ReadOnly(awayText()));
        }
        return this;
    }

    private Behavior<Command> carryOut(List<Incarnation.Step> steps) {
        Behavior<Command> next = this;
        for (var step : steps) {
            switch (step) {
                case Incarnation.Ask ask -> voters.ask(ask);
                case Incarnation.Opened open -> onOpened(open);
                case Incarnation.Committed(var event, var holders) -> onCommitted(event, holders);
                case Incarnation.Unconfirmed _ -> onUnconfirmed();
                case Incarnation.LookAgain(var voter) ->
                    timers.startSingleTimer("look-" + voter, new LookAgainNow(voter), LOOK_AGAIN);
                case Incarnation.Deposed(var fence) -> next = onDeposed(fence);
            }
        }
        return next;
    }

    private void onOpened(Incarnation.Opened open) {
        opened = open;
        durability = List.of(open.voter());
        getContext()
                .getLog()
                .info(
                        "term {} of {} is open at revision {}",
                        incarnation.term(),
                        settings.environment(),
                        open.revision());
        var _ = onReadOn();
    }

    private Behavior<Command> onReadOn() {
        if (opened == null || ready) {
            return this;
        }
        if (history.isWhole(opened)) {
            becomeReady();
        } else if (history.broken().isPresent()) {
            getContext().getLog().error("read-only: {}", history.broken().get());
        } else {
            readPage(history.state().revision() + 1);
        }
        return this;
    }

    private void becomeReady() {
        state = history.state();
        ready = true;
        var veto = history.checkAgainstSeen(state);
        if (veto.isPresent()) {
            getContext().getLog().error("read-only: {}", veto.get());
            return;
        }
        if (isShown()) {
            publish(new ConfigFeed.StateIs(state.withoutMemory(), durability));
        } else {
            settings.first()
                    .ifPresent(first -> decide(
                            new Change(first, false, getContext().getSystem().ignoreRef())));
        }
        proceed();
    }

    /** An empty history that is about to get its first configuration is not shown: nobody should act on nothing. */
    private boolean isShown() {
        return ready
                && history.broken().isEmpty()
                && (state.revision() > 0 || settings.first().isEmpty());
    }

    private Behavior<Command> onPage(Voter.EventsReply page) {
        switch (pages.received(page)) {
            case HistoryPages.Came(var events) -> onEvents(events);
            case HistoryPages.Failed(var reason) -> onUnreadable(reason);
            case HistoryPages.OutOfTurn() -> {}
        }
        return this;
    }

    private void onEvents(List<ConfigEvent> events) {
        if (work instanceof ChangeInWork.NeedsHistory(var change, var read)) {
            read.addAll(events);
            if (read.size() >= state.revision()) {
                conclude(change, read);
                proceed();
            } else {
                readPage(read.size() + 1L);
            }
        } else if (!ready) {
            history.add(events);
            var _ = onReadOn();
        }
    }

    private void onUnreadable(String reason) {
        getContext().getLog().warn("could not read the history: {}", reason);
        if (work instanceof ChangeInWork.NeedsHistory(var change, var _)) {
            work = null;
            change.replyTo().tell(new ChangeReply.ReadOnly("the history can't be read: " + reason));
            proceed();
        } else {
            timers.startSingleTimer("read-on", new ReadOn(), LOOK_AGAIN);
        }
    }

    private void readPage(long fromRevision) {
        if (opened != null) {
            pages.ask(opened.voter(), fromRevision);
        }
    }

    private void proceed() {
        while (ready && history.broken().isEmpty() && work == null && !waiting.isEmpty()) {
            waiting.expire(settings.clock().millis(), new ChangeReply.ReadOnly(BUSY));
            if (!waiting.isEmpty()) {
                decide(waiting.next());
            }
        }
    }

    private void decide(Change change) {
        if (ConfigRules.needsHistory(change.command()) && state.revision() > 0) {
            work = new ChangeInWork.NeedsHistory(change, new ArrayList<>());
            readPage(1);
        } else {
            conclude(change, List.of());
        }
    }

    private void conclude(Change change, List<ConfigEvent> history) {
        work = null;
        var outcome = settings.rules()
                .decide(state, change.command(), history, settings.clock().instant());
        if (outcome instanceof Outcome.Accept accept && !change.validateOnly()) {
            work = new ChangeInWork.Persisting(change, accept, state, false);
            var _ = carryOut(incarnation.submit(accept.event()));
        } else {
            if (change.command() instanceof ConfigCommand.Initialize) {
                getContext().getLog().error("the first configuration was refused: {}", outcome);
            }
            change.replyTo().tell(new ChangeReply.Decided(outcome, state, List.of()));
        }
    }

    private void onCommitted(ConfigEvent event, List<String> holders) {
        durability = holders;
        if (!(work instanceof ChangeInWork.Persisting persisting)
                || persisting.accept().event().revision() != event.revision()) {
            throw new IllegalStateException("revision " + event.revision() + " was committed, but not asked for");
        }
        work = null;
        state = persisting.accept().next();
        if (!persisting.answered()) {
            persisting
                    .change()
                    .replyTo()
                    .tell(new ChangeReply.Decided(persisting.accept(), persisting.before(), holders));
        }
        publish(new ConfigFeed.Published(event, holders));
        settings.notices().changed(event);
        proceed();
    }

    private void onUnconfirmed() {
        if (work instanceof ChangeInWork.Persisting(var change, var accept, var before, var answered) && !answered) {
            change.replyTo().tell(unconfirmed());
            work = new ChangeInWork.Persisting(change, accept, before, true);
            waiting.answerAll(next -> whileUnconfirmed(change, next));
        }
    }

    private Behavior<Command> onDeposed(Writer fence) {
        getContext()
                .getLog()
                .warn("term {} is over: {} was promised term {}", incarnation.term(), settings.environment(), fence);
        waiting.answerAll(next -> new ChangeReply.ReadOnly("another node took over; try again"));
        return Behaviors.stopped();
    }

    private void publish(ConfigFeed.Command message) {
        feeds.forEach(feed -> feed.tell(message));
    }

    private static ChangeReply unconfirmed() {
        return new ChangeReply.Unconfirmed(
                "not confirmed in time; it may still take effect; repeat with the same idempotency key");
    }

    private String awayText() {
        var away = incarnation.away();
        return away.isEmpty() ? "the journal is being opened" : "journal " + String.join(", ", away) + " is away";
    }
}
