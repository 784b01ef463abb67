package io.tabot.config;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tabot.strategy.StrategyCatalog;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.RecipientRef;
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
 * goes back to an older revision.
 */
public final class ConfigFeed extends AbstractMatchingBehavior<ConfigFeed.Command> {
    /** What the feed understands. */
    public sealed interface Command {}

    /** The next event is in force. */
    public record Published(ConfigEvent event, List<String> durability) implements Command {}

    /** The entity is alive and at this revision. */
    public record Heartbeat(long revision, String hash, List<String> durability) implements Command {}

    /** The whole state in force. */
    public record StateIs(ConfigState state, List<String> durability) implements Command {}

    /** Push every state to this actor, beginning with the present one; it answers each with {@link Applied}. */
    public record Subscribe(ActorRef<Push> subscriber) implements Command {}

    /** Use this from now on. */
    public record Push(EffectiveConfigs configs, ActorRef<Applied> replyTo) {}

    /** The subscriber uses this revision from now on. */
    public record Applied(ActorRef<Push> subscriber, long revision) {}

    private record SubscriberApplied(Applied applied) implements Command {}

    private record SubscriberGone(ActorRef<Push> subscriber) implements Command {}

    private record PushTimedOut(long revision) implements Command {}

    private record CheckDue() implements Command {}

    /**
     * What a feed is made of.
     *
     * @param pushTimeout after which an actor that did not answer a push counts as a straggler
     * @param staleAfter how long the entity may be silent before the state counts as stale
     */
    public record Parts(
            String environment,
            StrategyCatalog catalog,
            ConfigView view,
            LastStateFile file,
            MeterRegistry meters,
            Clock clock,
            Duration pushTimeout,
            Duration staleAfter) {}

    private final Parts parts;
    private final RecipientRef<ConfigEntity.Command> entity;
    private final TimerScheduler<Command> timers;
    private final ActorRef<Applied> answers;
    private final Timer applyLag;
    private final Counter stragglers;
    private final Set<ActorRef<Push>> subscribers = new HashSet<>();
    private final Set<ActorRef<Push>> outstanding = new HashSet<>();
    private @Nullable ConfigState state;
    private @Nullable EffectiveConfigs configs;
    private Instant heard;
    private boolean stale = true;
    private String source = ConfigView.LAST_STATE;
    private List<String> durability = List.of();
    private long appliedRevision;
    private Timer.@Nullable Sample pushed;

    private ConfigFeed(
            Parts parts,
            RecipientRef<ConfigEntity.Command> entity,
            ActorContext<Command> context,
            TimerScheduler<Command> timers) {
        super(context);
        this.parts = parts;
        this.entity = entity;
        this.timers = timers;
        this.answers = context.messageAdapter(Applied.class, SubscriberApplied::new);
        this.heard = parts.clock().instant();
        this.applyLag = Timer.builder("ta_bot_config_apply")
                .description("From a new state to the answer of the last actor of this node")
                .register(parts.meters());
        this.stragglers = Counter.builder("ta_bot_config_push_stragglers")
                .description("Actors that did not confirm a new state in time")
                .register(parts.meters());
        gauge("ta_bot_config_revision", "Revision of the configuration in force", ConfigFeed::revision);
        gauge(
                "ta_bot_config_applied_revision",
                "Newest revision that every actor of this node has confirmed",
                ConfigFeed::appliedRevision);
        gauge(
                "ta_bot_config_stale",
                "1 while the owner of the configuration is not heard",
                view -> view.current().filter(inForce -> !inForce.isStale()).isPresent() ? 0 : 1);
    }

    /** The key under which the feeds of an environment are found. */
    static ServiceKey<Command> key(String environment) {
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
            take(saved.state());
        });
        context.getSystem().receptionist().tell(Receptionist.register(key(parts.environment()), context.getSelf()));
        timers.startTimerWithFixedDelay(new CheckDue(), parts.staleAfter().dividedBy(4));
        askForState();
    }

    @Override
    public Behavior<Command> onMessage(Command command) {
        switch (command) {
            case Published(var event, var holders) -> onPublished(event, holders);
            case Heartbeat heartbeat -> onHeartbeat(heartbeat);
            case StateIs(var whole, var holders) -> onState(whole, holders);
            case Subscribe(var subscriber) -> onSubscribe(subscriber);
            case SubscriberApplied(var applied) -> onApplied(applied);
            case SubscriberGone(var subscriber) -> onGone(subscriber);
            case PushTimedOut(var revision) -> onPushTimedOut(revision);
            case CheckDue() -> onCheckDue();
        }
        return this;
    }

    private void onPublished(ConfigEvent event, List<String> holders) {
        var known = state;
        if (known != null && known.isFollowedBy(event)) {
            heardFrom(holders);
            take(known.apply(event));
        } else if (known == null || event.revision() > known.revision()) {
            askForState();
        }
    }

    private void onHeartbeat(Heartbeat heartbeat) {
        var known = state;
        if (known == null || heartbeat.revision() > known.revision()) {
            askForState();
        } else if (known.revision() == heartbeat.revision() && known.headHash().equals(heartbeat.hash())) {
            heardFrom(heartbeat.durability());
        } else {
            refuseOlder(known, heartbeat.revision());
        }
    }

    private void onState(ConfigState whole, List<String> holders) {
        var known = state;
        if (known == null || whole.revision() > known.revision()) {
            heardFrom(holders);
            take(whole);
        } else if (whole.revision() == known.revision() && whole.headHash().equals(known.headHash())) {
            heardFrom(holders);
        } else {
            refuseOlder(known, whole.revision());
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

    private void heardFrom(List<String> holders) {
        heard = parts.clock().instant();
        durability = holders;
        source = holders.isEmpty() ? source : holders.getFirst();
        if (stale) {
            stale = false;
            show();
        }
    }

    private void take(ConfigState next) {
        state = next;
        var compiled = new EffectiveConfigs(next, parts.catalog());
        configs = compiled;
        show();
        pushed = Timer.start(parts.meters());
        outstanding.clear();
        outstanding.addAll(subscribers);
        subscribers.forEach(subscriber -> subscriber.tell(new Push(compiled, answers)));
        timers.startSingleTimer("push", new PushTimedOut(next.revision()), parts.pushTimeout());
        checkApplied();
        if (!stale) {
            parts.file().write(next);
        }
    }

    private void onSubscribe(ActorRef<Push> subscriber) {
        if (!subscribers.add(subscriber)) {
            return;
        }
        getContext().watchWith(subscriber, new SubscriberGone(subscriber));
        if (configs != null) {
            subscriber.tell(new Push(configs, answers));
        }
    }

    private void onApplied(Applied applied) {
        if (state != null && applied.revision() == state.revision()) {
            outstanding.remove(applied.subscriber());
            checkApplied();
        }
    }

    private void onGone(ActorRef<Push> subscriber) {
        subscribers.remove(subscriber);
        outstanding.remove(subscriber);
        checkApplied();
    }

    private void checkApplied() {
        if (outstanding.isEmpty() && pushed != null && state != null) {
            pushed.stop(applyLag);
            pushed = null;
            timers.cancel("push");
            appliedRevision = state.revision();
            show();
        }
    }

    private void onPushTimedOut(long revision) {
        stragglers.increment(outstanding.size());
        getContext().getLog().warn("{} actors have not confirmed revision {} in time", outstanding.size(), revision);
    }

    private void onCheckDue() {
        var silence = Duration.between(heard, parts.clock().instant());
        if (silence.compareTo(parts.staleAfter()) > 0) {
            if (!stale) {
                stale = true;
                getContext().getLog().warn("the configuration is not confirmed since {}", heard);
                show();
            }
            askForState();
        } else if (state == null || stale) {
            askForState();
        }
    }

    private void askForState() {
        var known = state;
        entity.tell(new ConfigEntity.GetState(
                getContext().getSelf(),
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
                            appliedRevision));
        }
    }

    private void gauge(String name, String description, ToDoubleFunction<ConfigView> value) {
        Gauge.builder(name, parts.view(), value).description(description).register(parts.meters());
    }

    private static double revision(ConfigView view) {
        return view.current().map(inForce -> inForce.state().revision()).orElse(0L);
    }

    private static double appliedRevision(ConfigView view) {
        return view.current().map(ConfigView.InForce::appliedRevision).orElse(0L);
    }
}
