package io.tabot.config;

import java.util.ArrayList;
import java.util.List;
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
public final class ConfigEntity extends AbstractMatchingBehavior<ConfigEntity.Command> implements Incarnations.Owner {
    public static final EntityTypeKey<Command> KEY = EntityTypeKey.create(Command.class, "config");

    /** What the entity understands. */
    public sealed interface Command {}

    /** Decide this and, unless it is only to be validated, make it so. */
    public record Change(ConfigCommand command, boolean validateOnly, ActorRef<ChangeReply> replyTo)
            implements Command, NodeMessage {}

    /**
     * Tell the state in force. Before the term is open the answer is an {@link ConfigFeed.AcknowledgedPart}, if any.
     *
     * @param generation of the state that the feed has shown; it counts promotions
     * @param seenRevision what the feed has shown already, 0 for nothing
     * @param seenHash of that revision
     */
    public record GetState(ActorRef<ConfigFeed.Command> feed, long generation, long seenRevision, String seenHash)
            implements Command, NodeMessage {}

    /** Read the history, newest first; see {@link Audit}. */
    public record ReadAudit(Audit.Query query, ActorRef<Audit.Reply> replyTo) implements Command, NodeMessage {}

    /** Tell of promotions; see {@link PromotionAudit}. */
    public record ReadPromotions(ActorRef<PromotionAudit.Reply> replyTo) implements Command, NodeMessage {}

    /** Go on with these voters alone; the others are gone for good. See {@link Promotion}. */
    public record Promote(List<String> voters, String by, String reason, ActorRef<Promotion.Reply> replyTo)
            implements Command, NodeMessage {}

    /** Tell who votes. */
    public record ReadStanding(ActorRef<Promotion.Standing> replyTo) implements Command, NodeMessage {}

    /** End, children first: another node takes over, or this one stops. */
    public record Stop() implements Command {}

    /** What comes from the voters, for {@link Incarnations}. */
    sealed interface FromVoter extends Command {}

    record VoterAnswered(Voter.Reply reply) implements FromVoter {}

    record VoterSilent(String voter) implements FromVoter {}

    record VoterEnded(String voter) implements FromVoter {}

    record LookAgainNow(String voter) implements FromVoter {}

    record Fetched(String voter, Voter.EventsReply page) implements FromVoter {}

    record StartNow() implements FromVoter {}

    record PromotionDue() implements FromVoter {}

    private record ConfirmationDue(long revision) implements Command {}

    record ReadOn() implements Command {}

    /** An answer to a question of these pages. */
    record PageRead(HistoryPages pages, long question, Voter.EventsReply page) implements Command {}

    private record FeedsChanged(Set<ActorRef<ConfigFeed.Command>> feeds) implements Command {}

    private record HeartbeatDue() implements Command {}

    private final ConfigEntitySettings settings;
    private final TimerScheduler<Command> timers;
    private final Incarnations voters;
    private final OpenHistory history;
    private final LoneJournal lone;
    private final HistoryPages past;
    private final WaitingChanges waiting = new WaitingChanges();
    private Set<ActorRef<ConfigFeed.Command>> feeds = Set.of();
    private final StoreLag lag;
    private boolean isFirstTried;
    private boolean isOver;
    private @Nullable ChangeInWork work;
    private List<String> durability = List.of();

    private ConfigEntity(ConfigEntitySettings settings, ActorContext<Command> context, TimerScheduler<Command> timers) {
        super(context);
        this.settings = settings;
        this.timers = timers;
        this.lag = new StoreLag(settings);
        this.voters = new Incarnations(settings, context, timers, this);
        this.history = new OpenHistory(settings, voters, context, timers, this::publishState);
        this.lone = new LoneJournal(settings.environment(), voters, context, this::tellPart);
        this.past = new HistoryPages(voters, context, new PastReader());
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
        voters.start();
    }

    @Override
    public Behavior<Command> onMessage(Command command) {
        switch (command) {
            case Change change -> onChange(change);
            case GetState get -> onGetState(get);
            case ReadAudit read -> onReadAudit(read);
            case ReadPromotions(var replyTo) -> {
                var _ = getContext().spawnAnonymous(voters.promotions(replyTo));
            }
            case Promote promote -> voters.promote(promote, history.isVetoed());
            case ReadStanding(var replyTo) -> replyTo.tell(voters.standing());
            case FromVoter message -> voters.on(message);
            case ReadOn() -> history.readOn();
            case PageRead read -> read.pages().received(read);
            case ConfirmationDue(var revision) -> onConfirmationDue(revision);
            case FeedsChanged(var now) -> onFeedsChanged(now);
            case HeartbeatDue() -> onHeartbeat();
            case Stop() -> end("the owner of the configuration ends; try again");
        }
        if (!history.wasOpened()) {
            lone.look();
        }
        proceed();
        lag.history(history, isOver);
        return isOver ? Behaviors.stopped() : this;
    }

    private void onChange(Change change) {
        if (history.broken().isPresent()) {
            change.replyTo().tell(new ChangeReply.ReadOnly(history.broken().get()));
        } else if (work instanceof ChangeInWork.Persisting pending && pending.answered()) {
            change.replyTo().tell(pending.answerTo(change, voters.whyNoChanges()));
        } else if (!waiting.offer(change, deadline())) {
            change.replyTo()
                    .tell(new ChangeReply.ReadOnly(
                            WaitingChanges.COUNT_MAX + " changes are waiting already; try again later"));
        }
    }

    private void onGetState(GetState get) {
        history.seen(get);
        if (history.isShown()) {
            get.feed().tell(stateIs());
        } else if (!history.wasOpened()) {
            lone.told().filter(this::mayBeTold).ifPresent(told -> get.feed().tell(told.message()));
        }
    }

    private ConfigFeed.StateIs stateIs() {
        return new ConfigFeed.StateIs(history.state().withoutMemory(), history.generation(), durability);
    }

    private void tellPart(LoneJournal.Told told) {
        if (!history.wasOpened() && mayBeTold(told)) {
            publish(told.message());
        }
    }

    private boolean mayBeTold(LoneJournal.Told told) {
        return !history.contradicts(told.part().kept(), told.part().generation());
    }

    private void onReadAudit(ReadAudit read) {
        var source = voters.current().journal();
        var voter = source.flatMap(journal -> voters.ref(journal.voter()));
        if (history.isReady() && voter.isPresent()) {
            var head = Math.min(state().revision(), source.get().upTo());
            var _ = getContext().spawnAnonymous(Audit.reader(voter.get(), head, read));
        } else {
            read.replyTo().tell(new Audit.Unavailable(history.broken().orElseGet(voters::whyNoChanges)));
        }
    }

    private void onFeedsChanged(Set<ActorRef<ConfigFeed.Command>> now) {
        feeds = Set.copyOf(now);
        onHeartbeat();
    }

    private void onHeartbeat() {
        if (history.isShown()) {
            publish(new ConfigFeed.Heartbeat(state().revision(), state().headHash(), durability));
            settings.notices().head(state().revision(), state().headHash());
        }
        publish(new ConfigFeed.Voters(voters.statuses()));
        voters.idle();
        if (work == null) {
            waiting.expire(settings.clock().millis(), new ChangeReply.ReadOnly(voters.whyNoChanges()));
        }
    }

    @Override
    public void opened(Step.Opened open) {
        durability = open.durability();
        getContext()
                .getLog()
                .info(
                        "term {} of {} is open at revision {} on {}",
                        voters.current().term(),
                        settings.environment(),
                        open.revision(),
                        String.join(", ", durability));
        if (work instanceof ChangeInWork.NeedsHistory(var change, var _)) {
            waiting.putBack(change, deadline());
        }
        // After a promotion a change may still be in work: it is part of the history now, or given up.
        work = null;
        history.begin(open, history.wasOpened() ? state() : lone.state());
    }

    private void publishState() {
        if (history.isShown()) {
            publish(stateIs());
        }
    }

    private ConfigState state() {
        return history.state();
    }

    private long deadline() {
        return settings.clock().millis() + settings.patience().toMillis();
    }

    /** What a change needs to know of the past before it is decided. */
    private final class PastReader implements HistoryPages.Reader {
        @Override
        public void came(List<ConfigEvent> events) {
            if (work instanceof ChangeInWork.NeedsHistory(var change, var read)) {
                read.addAll(events);
                if (read.size() >= state().revision()) {
                    conclude(change, read);
                } else {
                    past.ask(read.size() + 1L);
                }
            }
        }

        @Override
        public void failed(String reason) {
            getContext().getLog().warn("could not read the history: {}", reason);
            if (work instanceof ChangeInWork.NeedsHistory(var change, var _)) {
                work = null;
                change.replyTo().tell(new ChangeReply.ReadOnly("the history can't be read: " + reason));
            }
        }
    }

    private void proceed() {
        if (!isFirstTried && state().revision() == 0 && mayDecide()) {
            isFirstTried = true;
            settings.first()
                    .ifPresent(first -> decide(
                            new Change(first, false, getContext().getSystem().ignoreRef())));
        }
        while (mayDecide() && !waiting.isEmpty()) {
            waiting.expire(settings.clock().millis(), new ChangeReply.ReadOnly(voters.whyNoChanges()));
            if (!waiting.isEmpty()) {
                decide(waiting.next());
            }
        }
    }

    private boolean mayDecide() {
        return history.isSound() && !isOver && work == null && voters.current().takesChanges();
    }

    private void decide(Change change) {
        if (ConfigRules.needsHistory(change.command()) && state().revision() > 0) {
            work = new ChangeInWork.NeedsHistory(change, new ArrayList<>());
            past.ask(1);
        } else {
            conclude(change, List.of());
        }
    }

    private void conclude(Change change, List<ConfigEvent> events) {
        work = null;
        var outcome = settings.rules()
                .decide(state(), change.command(), events, settings.clock().instant());
        if (outcome instanceof Outcome.Accept accept && !change.validateOnly()) {
            if (!voters.current().takesChanges()) {
                change.replyTo().tell(new ChangeReply.ReadOnly(voters.whyNoChanges()));
                return;
            }
            work = new ChangeInWork.Persisting(change, accept, state(), false);
            lag.begin(change.command(), accept.event());
            var revision = accept.event().revision();
            timers.startSingleTimer("confirmation", new ConfirmationDue(revision), settings.patience());
            voters.submit(accept.event());
        } else {
            if (change.command() instanceof ConfigCommand.Initialize) {
                getContext().getLog().error("the first configuration was refused: {}", outcome);
            }
            change.replyTo().tell(new ChangeReply.Decided(outcome, state(), List.of()));
        }
    }

    @Override
    public void committed(ConfigEvent event, List<String> holders) {
        durability = holders;
        if (!(work instanceof ChangeInWork.Persisting persisting)
                || persisting.accept().event().revision() != event.revision()) {
            throw new IllegalStateException("revision " + event.revision() + " was committed, but not asked for");
        }
        work = null;
        var trace = lag.end(event, holders);
        history.advance(persisting.accept().next());
        persisting.stored(holders);
        publish(new ConfigFeed.Published(event, history.generation(), holders, trace));
        settings.notices().changed(event);
    }

    private void onConfirmationDue(long revision) {
        if (work instanceof ChangeInWork.Persisting persisting
                && persisting.accept().event().revision() == revision) {
            unconfirmed();
        }
    }

    @Override
    public void unconfirmed() {
        if (work instanceof ChangeInWork.Persisting(var change, var accept, var before, var answered) && !answered) {
            lag.failed("not confirmed in time");
            change.replyTo().tell(ChangeInWork.Persisting.MAYBE_LATER);
            var pending = new ChangeInWork.Persisting(change, accept, before, true);
            work = pending;
            waiting.answerAll(next -> pending.answerTo(next, voters.whyNoChanges()));
        }
    }

    @Override
    public void deposed(Writer fence) {
        getContext()
                .getLog()
                .warn(
                        "term {} is over: {} was promised term {}",
                        voters.current().term(),
                        settings.environment(),
                        fence);
        end("another node took over; try again");
    }

    /** Whoever waits for his turn hears that nothing was begun. */
    private void end(String why) {
        waiting.answerAll(_ -> new ChangeReply.ReadOnly(why));
        isOver = true;
    }

    @Override
    public void voters(List<VoterStatus> statuses) {
        publish(new ConfigFeed.Voters(statuses));
    }

    private void publish(ConfigFeed.Command message) {
        feeds.forEach(feed -> feed.tell(message));
    }
}
