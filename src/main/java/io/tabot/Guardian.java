package io.tabot;

import io.tabot.config.ConfigEntity;
import io.tabot.config.ConfigFeed;
import io.tabot.config.ConfigView.CandleUse;
import io.tabot.http.HttpApi;
import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import io.tabot.ops.NodeReporter;
import io.tabot.signal.ActorWindows;
import io.tabot.signal.CandleFlow;
import io.tabot.signal.SignalActor;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.ClusterEvent.MemberRemoved;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityContext;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Subscribe;
import org.jspecify.annotations.Nullable;

/** The wiring diagram as code: starts every component of a node, and says in which order they end. */
final class Guardian extends AbstractMatchingBehavior<Guardian.Command> {
    private static final Duration CHECK_INTERVAL = Duration.ofMillis(50);
    private static final Duration FLOW_RESTART = Duration.ofSeconds(1);
    private static final Duration GIVE_BACK_AGAIN = Duration.ofSeconds(5);

    /** How soon a token that was taken out of its file is refused, and a level of the log that was lent goes back. */
    private static final Duration HOUSEKEEPING = Duration.ofSeconds(2);

    sealed interface Command {}

    private record HttpBound(
            @Nullable HttpApi api, @Nullable Throwable failure) implements Command {}

    private record CheckStart() implements Command {}

    private record FlowEnded(@Nullable Throwable failure) implements Command {}

    private record NodeRemoved(MemberRemoved event) implements Command {}

    private record GiveBackAgain() implements Command {}

    private final Node node;
    private final CompletableFuture<StartReport> started;
    private final TimerScheduler<Command> timers;
    private final ClusterSharding sharding;
    private @Nullable CandleFlow candles;
    /** Read by the thread that shuts down. */
    private volatile CompletionStage<Done> flow = CompletableFuture.completedStage(Done.getInstance());

    private Guardian(
            Node node,
            CompletableFuture<StartReport> started,
            ActorContext<Command> context,
            TimerScheduler<Command> timers) {
        super(context);
        this.node = node;
        this.started = started;
        this.timers = timers;
        this.sharding = ClusterSharding.get(context.getSystem());
    }

    /** @param started completes when the API can be called, or with the reason why it can't */
    static Behavior<Command> create(Node node, CompletableFuture<StartReport> started) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            context.setLoggerName(Guardian.class);
            var guardian = new Guardian(node, started, context, timers);
            guardian.start();
            return guardian;
        }));
    }

    private void start() {
        var system = getContext().getSystem();
        var cluster = Cluster.get(system);
        new ClusterAssembly(node.settings()).join(getContext(), node.exchange().connection());
        var removals = getContext().messageAdapter(MemberRemoved.class, NodeRemoved::new);
        cluster.subscriptions().tell(Subscribe.create(removals, MemberRemoved.class));

        sharding.init(Entity.of(ConfigEntity.KEY, entity -> ConfigEntity.create(node.entity(entity.getEntityId())))
                .withStopMessage(new ConfigEntity.Stop()));
        var config = sharding.entityRefFor(ConfigEntity.KEY, node.environment());
        var feed = getContext()
                .spawn(
                        Behaviors.supervise(ConfigFeed.create(node.feed(), config))
                                .onFailure(SupervisorStrategy.restart()),
                        "config-feed",
                        // Its changes don't stand in line behind candles.
                        DispatcherSelector.blocking());
        // One for all symbols: what an engine computes in takes 125 KB a thread, and is fast while caches hold it.
        var signals = node.signals(feed);
        sharding.init(Entity.of(SignalActor.KEY, entity -> signalActor(entity, signals))
                .withStopMessage(new SignalActor.Stop()));

        getContext().spawn(NodeReporter.create(node.reporter()), "node-reporter");
        node.exchange().source().onPastFilled(this::pastFilled);
        var windows = new ActorWindows(
                symbol -> sharding.entityRefFor(SignalActor.KEY, symbol.name()), node.view(), system.scheduler());
        getContext()
                .pipeToSelf(
                        HttpApi.start(system, node.apiSettings(), node.api(config, windows, cluster)), HttpBound::new);
        system.scheduler()
                .scheduleWithFixedDelay(
                        HOUSEKEEPING,
                        HOUSEKEEPING,
                        node::housekeep,
                        system.dispatchers().lookup(DispatcherSelector.blocking()));
        node.reporter(cluster).ifPresent(this::startReporter);
        timers.startTimerWithFixedDelay(new CheckStart(), CHECK_INTERVAL);
        planShutdown();
    }

    private void startReporter(HealthReporter reporter) {
        var system = getContext().getSystem();
        var interval = node.settings().observe().verdictInterval();
        var blocking = system.dispatchers().lookup(DispatcherSelector.blocking());
        system.scheduler().scheduleWithFixedDelay(interval, interval, reporter, blocking);
    }

    private Behavior<SignalActor.Command> signalActor(
            EntityContext<SignalActor.Command> entity, SignalActor.Parts parts) {
        var symbol = new Symbol(entity.getEntityId());
        return Behaviors.setup(context -> {
            node.retirement().begun(symbol, context.getSelf(), entity.getShard());
            return SignalActor.create(symbol, parts);
        });
    }

    /** On a thread of the source. A symbol that is not watched is not woken for it. */
    private void pastFilled(Symbol symbol, Timeframe timeframe) {
        var isUsed = node.view()
                .current()
                .filter(inForce -> inForce.useOf(symbol, timeframe) != CandleUse.NONE)
                .isPresent();
        if (isUsed) {
            sharding.entityRefFor(SignalActor.KEY, symbol.name()).tell(new SignalActor.ReadPast(timeframe));
        }
    }

    @Override
    public Behavior<Command> onMessage(Command command) {
        switch (command) {
            case HttpBound(var api, var failure) -> onHttpBound(api, failure);
            case CheckStart() -> onCheckStart();
            case FlowEnded(var failure) -> onFlowEnded(failure);
            case NodeRemoved(var event) -> onNodeRemoved(event);
            case GiveBackAgain() -> giveBack();
        }
        return this;
    }

    private void onHttpBound(@Nullable HttpApi api, @Nullable Throwable failure) {
        if (api != null) {
            started.complete(StartReport.of(node, api.address()));
        } else {
            started.completeExceptionally(new ApiAddress(node.settings().http()).refused(failure));
        }
    }

    /** Candles are let in once there is a configuration to judge them by: the shards answer by then, too. */
    private void onCheckStart() {
        if (node.view().isUsed()) {
            timers.cancel(new CheckStart());
            runFlow();
        }
    }

    private void runFlow() {
        candles = new CandleFlow(
                node.exchange().source(),
                symbol -> sharding.entityRefFor(SignalActor.KEY, symbol.name()),
                node.view(),
                node.signalMetrics(),
                new CandleFlow.Limits(node.settings().candles().inFlight(), node.answerTimeout()),
                node.tracer());
        flow = candles.run(getContext().getSystem());
        getContext().pipeToSelf(flow, (done, failure) -> new FlowEnded(failure));
    }

    private void onFlowEnded(@Nullable Throwable failure) {
        if (!node.isStopping()) {
            getContext().getLog().error("the stream of candles ended by itself; it starts again", failure);
            timers.startTimerWithFixedDelay(new CheckStart(), FLOW_RESTART);
        }
    }

    /** One that left by itself has handed over. The region may hear of it later, and send candles there until then. */
    private void onNodeRemoved(MemberRemoved event) {
        if (event.previousStatus() == MemberStatus.down()) {
            giveBack();
            timers.startSingleTimer(new GiveBackAgain(), GIVE_BACK_AGAIN);
        }
    }

    private void giveBack() {
        if (candles != null) {
            candles.giveBack();
        }
    }

    private void planShutdown() {
        var shutdown = CoordinatedShutdown.get(getContext().getSystem());
        shutdown.addTask(CoordinatedShutdown.PhaseBeforeServiceUnbind(), "not-ready", () -> {
            node.stopping();
            return CompletableFuture.completedStage(Done.getInstance());
        });
        shutdown.addTask(
                CoordinatedShutdown.PhaseServiceStop(),
                "drain-candles",
                () -> node.exchange().source().drain().thenCompose(drained -> flow));
        shutdown.addTask(CoordinatedShutdown.PhaseBeforeActorSystemTerminate(), "disconnect", () -> {
            node.close();
            return CompletableFuture.completedStage(Done.getInstance());
        });
    }
}
