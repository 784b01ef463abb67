package io.tabot.config;

import io.micrometer.core.instrument.MeterRegistry;
import io.tabot.strategy.StrategyCatalog;
import io.tabot.trace.TraceContext;
import io.tabot.trace.Tracer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.PreRestart;
import org.apache.pekko.actor.typed.RecipientRef;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.apache.pekko.actor.typed.receptionist.ServiceKey;
import org.jspecify.annotations.Nullable;

/**
 * One node's share of the configuration: holds the state in force, takes only the event that follows it, and pushes
 * each new state to the actors of this node. A gap, a silence or a newer heartbeat makes it ask the entity. It never
 * goes back to an older revision, unless a promotion has given up the later ones.
 */
public final class ConfigFeed extends AbstractMatchingBehavior<ConfigFeed.Command> {
    /** What the feed understands. */
    public sealed interface Command {}

    /** What is about the use of a state by the actors of this node, for {@link ActorPushes}. */
    sealed interface FromActors extends Command {}

    /**
     * The next event of this generation is in force; one that was on its way during a promotion is given up.
     *
     * @param trace that of its change; null where nobody traces it
     */
    public record Published(
            ConfigEvent event,
            long generation,
            List<String> durability,
            @Nullable TraceContext trace) implements Command, NodeMessage {
        /** One that nobody traces. */
        public Published(ConfigEvent event, long generation, List<String> durability) {
            this(event, generation, durability, null);
        }
    }

    /** The entity is alive and at this revision. */
    public record Heartbeat(long revision, String hash, List<String> durability) implements Command, NodeMessage {}

    /** The whole state in force. Of a later generation it may be older: a promotion has given the rest up. */
    public record StateIs(ConfigState state, long generation, List<String> durability)
            implements Command, NodeMessage {}

    /** A part of the history that can't be undone, told while no majority answers: there may be more of it. */
    public record AcknowledgedPart(ConfigState state, long generation, String voter) implements Command, NodeMessage {}

    /** How the voters are doing, as the entity sees it. */
    public record Voters(List<VoterStatus> statuses) implements Command, NodeMessage {
        public Voters {
            statuses = List.copyOf(statuses);
        }
    }

    /**
     * Push every state to this actor, beginning with the present one; it answers each with {@link Applied}.
     *
     * @param name what people call it
     */
    public record Subscribe(ActorRef<Push> subscriber, String name) implements FromActors {}

    /** Tell when every actor of this node uses the revision, or that some do not in time. */
    public record AwaitApplied(long revision, Duration patience, ActorRef<InUse> replyTo)
            implements FromActors, NodeMessage {}

    /**
     * What this node uses.
     *
     * @param revision that it holds: less than was asked for where that has not come here
     * @param actors how many use what was asked for
     * @param stragglers the names of those that have not confirmed it
     */
    public record InUse(long revision, int actors, List<String> stragglers) implements NodeMessage {
        public InUse {
            stragglers = List.copyOf(stragglers);
        }
    }

    /** Use this from now on. */
    public record Push(EffectiveConfigs configs, ActorRef<Applied> replyTo) {}

    /** The subscriber uses this revision from now on. */
    public record Applied(ActorRef<Push> subscriber, long revision) {}

    record SubscriberApplied(Applied applied) implements FromActors {}

    record SubscriberGone(ActorRef<Push> subscriber) implements FromActors {}

    record PushTimedOut(long revision) implements FromActors {}

    record PatienceOver(AwaitApplied question) implements FromActors {}

    private record CheckDue() implements Command {}

    private record TrustFile() implements Command {}

    /**
     * What a feed is made of.
     *
     * @param pushTimeout after which an actor that did not answer a push counts as a straggler
     * @param staleAfter how long the entity may be silent before the state counts as stale
     * @param trustFileAfter how long the state of an earlier run waits for the entity's word before candles are judged
     *     by it
     */
    public record Parts(
            String environment,
            StrategyCatalog catalog,
            ConfigView view,
            LastStateFile file,
            MeterRegistry meters,
            Clock clock,
            Duration pushTimeout,
            Duration staleAfter,
            Duration trustFileAfter,
            Tracer tracer) {}

    private final Parts parts;
    private final RecipientRef<ConfigEntity.Command> entity;
    private final TimerScheduler<Command> timers;
    private final LastStateWriter file;
    private final ActorPushes pushes;
    private @Nullable ConfigState state;
    private long generation;
    private Instant heard;
    private boolean stale = true;
    private boolean trusted;
    private String source = ConfigView.LAST_STATE;
    private List<String> durability = List.of();

    private ConfigFeed(
            Parts parts,
            RecipientRef<ConfigEntity.Command> entity,
            ActorContext<Command> context,
            TimerScheduler<Command> timers) {
        super(context);
        this.parts = parts;
        this.entity = entity;
        this.timers = timers;
        this.heard = parts.clock().instant();
        this.file = new LastStateWriter(
                parts.file(), context.getSystem().dispatchers().lookup(DispatcherSelector.blocking()));
        this.pushes = new ActorPushes(parts, context, timers, () -> state == null ? 0 : state.revision(), this::show);
    }

    /** The key under which the feeds of an environment are found. */
    public static ServiceKey<Command> key(String environment) {
        return ServiceKey.create(Command.class, "config-feed-" + environment);
    }

    public static Behavior<Command> create(Parts parts, RecipientRef<ConfigEntity.Command> entity) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            context.setLoggerName(ConfigFeed.class);
            var feed = new ConfigFeed(parts, entity, context, timers);
            feed.start();
            return feed;
        }));
    }

    private void start() {
        var context = getContext();
        parts.file().read().ifPresent(saved -> {
            heard = saved.at();
            generation = saved.generation();
            state = saved.state();
            show();
        });
        timers.startSingleTimer(new TrustFile(), parts.trustFileAfter());
        context.getSystem().receptionist().tell(Receptionist.register(key(parts.environment()), context.getSelf()));
        timers.startTimerWithFixedDelay(new CheckDue(), parts.staleAfter().dividedBy(4));
        askForState();
    }

    @Override
    public Behavior<Command> onMessage(Command command) {
        switch (command) {
            case Published published -> onPublished(published);
            case Heartbeat heartbeat -> onHeartbeat(heartbeat);
            case StateIs(var whole, var itsGeneration, var holders) -> onState(whole, itsGeneration, holders);
            case AcknowledgedPart part -> onAcknowledgedPart(part);
            case Voters(var statuses) -> parts.view().showVoters(statuses);
            case FromActors message -> pushes.on(message);
            case CheckDue() -> onCheckDue();
            case TrustFile() -> {
                trusted = true;
                useWhatIsHeld();
            }
        }
        return this;
    }

    @Override
    public Behavior<Command> onSignal(Signal signal) {
        if (signal instanceof PostStop || signal instanceof PreRestart) {
            file.close();
        }
        return this;
    }

    private void onPublished(Published published) {
        var known = state;
        var event = published.event();
        if (known != null && published.generation() == generation && known.isFollowedBy(event)) {
            parts.view().coming(event);
            takeConfirmed(known.apply(event), published.durability(), published.trace());
        } else if (known == null || event.revision() > known.revision()) {
            askForState();
        }
    }

    private void onHeartbeat(Heartbeat heartbeat) {
        var known = state;
        if (known == null || heartbeat.revision() > known.revision()) {
            askForState();
        } else if (known.revision() == heartbeat.revision() && known.headHash().equals(heartbeat.hash())) {
            confirmed(heartbeat.durability());
        } else {
            refuseOlder(known, heartbeat.revision());
        }
    }

    private void onState(ConfigState whole, long itsGeneration, List<String> holders) {
        var known = state;
        if (itsGeneration > generation) {
            generation = itsGeneration;
            pushes.goBackTo(whole.revision());
            takeConfirmed(whole, holders, null);
        } else if (known == null || (itsGeneration == generation && whole.revision() > known.revision())) {
            takeConfirmed(whole, holders, null);
        } else if (whole.revision() == known.revision() && whole.headHash().equals(known.headHash())) {
            confirmed(holders);
        } else {
            refuseOlder(known, whole.revision());
        }
    }

    /** Newer than what is known here, it is taken; but nobody confirms that it is all. */
    private void onAcknowledgedPart(AcknowledgedPart part) {
        var known = state;
        if (known == null || (part.generation() >= generation && part.state().revision() > known.revision())) {
            generation = part.generation();
            source = part.voter();
            durability = List.of(part.voter());
            stale = true;
            state = part.state();
            show();
            if (trusted || pushes.hasBegun()) {
                take(part.state(), null);
            }
        }
    }

    /** The entity is told, too, and takes no more changes: on what it offers they would never come into force here. */
    private void refuseOlder(ConfigState known, long offered) {
        askForState();
        getContext()
                .getLog()
                .error(
                        "the journal of {} is at revision {} with another history than the revision {} seen here: "
                                + "it went back in time; the newer state stays in force",
                        parts.environment(),
                        offered,
                        known.revision());
    }

    /** What is shown is in force. */
    private void confirmed(List<String> holders) {
        heardFrom(holders);
        if (stale) {
            stale = false;
            show();
            if (state != null) {
                file.write(state, generation);
            }
        }
        useWhatIsHeld();
    }

    /** What was shown before is not, and must not look so for a moment. */
    private void takeConfirmed(ConfigState next, List<String> holders, @Nullable TraceContext trace) {
        heardFrom(holders);
        stale = false;
        take(next, trace);
    }

    private void heardFrom(List<String> holders) {
        heard = parts.clock().instant();
        durability = holders;
        source = holders.isEmpty() ? source : holders.getFirst();
    }

    /** Shown from the start, but not used before: it may have been changed while this node was away. */
    private void useWhatIsHeld() {
        if (state != null && !pushes.hasBegun()) {
            take(state, null);
        }
    }

    private void take(ConfigState next, @Nullable TraceContext trace) {
        state = next;
        var compiled = new EffectiveConfigs(next, parts.catalog());
        show();
        parts.view().use();
        pushes.push(next.revision(), compiled, trace);
        if (!stale) {
            file.write(next, generation);
        }
    }

    private void onCheckDue() {
        var isSilent = Duration.between(heard, parts.clock().instant()).compareTo(parts.staleAfter()) > 0;
        if (isSilent && !stale) {
            stale = true;
            getContext().getLog().warn("the configuration is not confirmed since {}", heard);
            show();
        }
        if (stale || state == null) {
            askForState();
        }
    }

    private void askForState() {
        var known = state;
        entity.tell(new ConfigEntity.GetState(
                getContext().getSelf(),
                generation,
                known == null ? 0 : known.revision(),
                known == null ? HashChain.GENESIS : known.headHash()));
    }

    private void show() {
        if (state != null) {
            var application = state.application();
            parts.view()
                    .show(new ConfigView.InForce(
                            state,
                            application,
                            application.readAlong(parts.catalog()),
                            stale ? heard : null,
                            source,
                            durability,
                            pushes.applied()));
        }
    }
}
