package io.tabot.ops;

import io.tabot.config.ConfigEntity;
import io.tabot.config.ConfigView;
import io.tabot.config.NodeMessage;
import io.tabot.ops.NodeReport.Shard;
import io.tabot.signal.SignalActor;
import io.tabot.signal.SourceHealth;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.apache.pekko.actor.typed.receptionist.ServiceKey;
import org.apache.pekko.cluster.sharding.ShardRegion.CurrentShardRegionState;
import org.apache.pekko.cluster.sharding.typed.GetShardRegionState;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;

/** Tells other nodes how this one is doing. Each speaks for itself alone, so a silent node hides nothing of others. */
public final class NodeReporter extends AbstractMatchingBehavior<NodeReporter.Command> {
    /** Shards that are on the move don't answer. */
    private static final Duration REGION_TIMEOUT = Duration.ofSeconds(1);

    /** What the reporter understands. */
    public sealed interface Command {}

    /** Tell how this node is doing. */
    public record Describe(ActorRef<NodeReport> replyTo) implements Command, NodeMessage {}

    /** What it looks at. */
    public record Parts(String environment, ConfigView view, Supplier<SourceHealth> candles) {}

    private final Parts parts;

    private NodeReporter(Parts parts, ActorContext<Command> context) {
        super(context);
        this.parts = parts;
    }

    /** The key under which the reporters of an environment are found. */
    public static ServiceKey<Command> key(String environment) {
        return ServiceKey.create(Command.class, "node-reporter-" + environment);
    }

    public static Behavior<Command> create(Parts parts) {
        return Behaviors.setup(context -> {
            context.getSystem().receptionist().tell(Receptionist.register(key(parts.environment()), context.getSelf()));
            return new NodeReporter(parts, context);
        });
    }

    @Override
    public Behavior<Command> onMessage(Command command) {
        switch (command) {
            case Describe(var replyTo) -> {
                var _ = region(ConfigEntity.KEY)
                        .thenCombine(region(SignalActor.KEY), this::report)
                        .thenAccept(replyTo::tell);
            }
        }
        return this;
    }

    /** What lies here, with its actors; empty where nothing does, or it can't tell in time. */
    private CompletionStage<List<Shard>> region(EntityTypeKey<?> key) {
        var system = getContext().getSystem();
        return AskPattern.<GetShardRegionState, CurrentShardRegionState>ask(
                        ClusterSharding.get(system).shardState().unsafeUpcast(),
                        replyTo -> new GetShardRegionState(key.asScala(), replyTo),
                        REGION_TIMEOUT,
                        system.scheduler())
                .handle((state, failure) -> failure == null ? shards(state) : List.of());
    }

    private static List<Shard> shards(CurrentShardRegionState state) {
        return state.getShards().stream()
                .map(shard -> new Shard(
                        shard.shardId(), shard.getEntityIds().stream().sorted().toList()))
                .sorted(Comparator.comparing(Shard::shard))
                .toList();
    }

    private NodeReport report(List<Shard> configuration, List<Shard> symbols) {
        var inForce = parts.view().current();
        var candles = parts.candles().get();
        return new NodeReport(
                inForce.map(now -> now.state().revision()).orElse(0L),
                inForce.map(ConfigView.InForce::appliedRevision).orElse(0L),
                inForce.map(ConfigView.InForce::staleSince).orElse(null),
                configuration.stream()
                        .flatMap(shard -> shard.entities().stream())
                        .toList(),
                symbols,
                new NodeReport.Candles(candles.connected(), candles.lastCandle(), candles.pending()));
    }
}
