package io.tabot;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.JoinSeedNodes;
import org.apache.pekko.cluster.typed.SelfUp;
import org.apache.pekko.cluster.typed.Subscribe;
import org.jspecify.annotations.Nullable;

/**
 * Brings a node into a cluster by seed nodes. The first of them would begin another one whenever it reaches no node, so
 * as long as somebody says that there is one, it tries to join and nothing else. Ends when the node is a member.
 */
final class ClusterEntry extends AbstractMatchingBehavior<ClusterEntry.Command> {
    sealed interface Command {}

    private record Asked(
            @Nullable Optional<Address> member, @Nullable Throwable failure) implements Command {}

    private record AskAgain() implements Command {}

    private record IsMember(SelfUp event) implements Command {}

    /**
     * What it works with.
     *
     * @param seeds at least one
     * @param another finds out about a node that is in a cluster
     * @param onMember is run once this node is in one
     */
    record Parts(
            List<Address> seeds,
            Supplier<CompletionStage<Optional<Address>>> another,
            Runnable onMember,
            Duration askAgain) {}

    private final Parts parts;
    private final TimerScheduler<Command> timers;
    private final Cluster cluster;
    /** Whom the log has named; the same one answers again and again. */
    private @Nullable Address told;

    private ClusterEntry(Parts parts, ActorContext<Command> context, TimerScheduler<Command> timers) {
        super(context);
        this.parts = parts;
        this.timers = timers;
        this.cluster = Cluster.get(context.getSystem());
    }

    static Behavior<Command> create(Parts parts) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            context.setLoggerName(ClusterEntry.class);
            var entry = new ClusterEntry(parts, context, timers);
            entry.start();
            return entry;
        }));
    }

    private void start() {
        var ups = getContext().messageAdapter(SelfUp.class, IsMember::new);
        cluster.subscriptions().tell(Subscribe.create(ups, SelfUp.class));
        if (parts.seeds().getFirst().equals(self())) {
            ask();
        } else {
            join(parts.seeds());
        }
    }

    @Override
    public Behavior<Command> onMessage(Command command) {
        switch (command) {
            case Asked(var member, var failure) -> onAsked(member == null ? Optional.empty() : member, failure);
            case AskAgain() -> ask();
            case IsMember(var _) -> {
                parts.onMember().run();
                return Behaviors.stopped();
            }
        }
        return this;
    }

    private void ask() {
        getContext().pipeToSelf(parts.another().get(), Asked::new);
    }

    private void onAsked(Optional<Address> member, @Nullable Throwable failure) {
        if (failure != null) {
            getContext().getLog().warn("can't find out whether there is a cluster already: {}", failure.toString());
        }
        member.ifPresentOrElse(this::joinAlone, () -> join(parts.seeds()));
    }

    /** Asks again, since the one that answered may be gone before it lets this one in. */
    private void joinAlone(Address member) {
        if (!member.equals(told)) {
            told = member;
            getContext()
                    .getLog()
                    .info(
                            "{} is in a cluster of this environment: joining that, not beginning another",
                            member.hostPort());
        }
        join(Stream.concat(Stream.of(member), parts.seeds().stream())
                .filter(node -> !node.equals(self()))
                .distinct()
                .toList());
        timers.startSingleTimer(new AskAgain(), parts.askAgain());
    }

    private void join(List<Address> nodes) {
        cluster.manager().tell(new JoinSeedNodes(nodes));
    }

    private Address self() {
        return cluster.selfMember().address();
    }
}
