package io.tabot.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import io.tabot.testing.TestCluster;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityContext;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Which actors of symbols stay and which end, in the shards of a real region. */
class SymbolRetirementTest {
    private static final ActorTestKit kit = TestCluster.plain();
    private static final Symbol BTC = new Symbol("BTCUSDT");
    private static final Symbol ETH = new Symbol("ETHUSDT");
    private static final Duration AFTER = Duration.ofMinutes(2);

    private volatile Instant now = Instant.parse("2026-05-04T08:00:00Z");
    private volatile Set<String> configured = Set.of("BTCUSDT", "ETHUSDT");
    private final ConcurrentLinkedQueue<String> begun = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> ended = new ConcurrentLinkedQueue<>();
    private final SymbolRetirement retirement =
            new SymbolRetirement(() -> Optional.of(configured), clock(() -> now), AFTER);

    @AfterAll
    static void stop() {
        kit.shutdownTestKit();
    }

    @Test
    void onlySymbolsThatLongLeftTheConfigurationEndAndTheyComeBackWhenAsked() {
        var cluster = Cluster.get(kit.system());
        cluster.manager().tell(Join.create(cluster.selfMember().address()));
        var sharding = ClusterSharding.get(kit.system());
        sharding.init(Entity.of(SignalActor.KEY, this::actor).withStopMessage(new SignalActor.Stop()));
        wake(BTC);
        wake(ETH);
        await().until(() -> begun.size() == 2);

        configured = Set.of("BTCUSDT");
        retirement.look();
        now = now.plus(AFTER).minusMillis(1);
        retirement.look();
        configured = Set.of("BTCUSDT", "ETHUSDT");
        retirement.look();
        now = now.plus(AFTER);
        retirement.look();
        assertThat(ended).as("taken out and put back within the time").isEmpty();

        configured = Set.of("BTCUSDT");
        retirement.look();
        now = now.plus(AFTER);
        retirement.look();
        await().until(() -> !ended.isEmpty());
        assertThat(ended).containsExactly("ETHUSDT");

        wake(ETH);
        await().until(() -> begun.size() == 3);
        assertThat(begun).containsExactlyInAnyOrder("BTCUSDT", "ETHUSDT", "ETHUSDT");
    }

    private void wake(Symbol symbol) {
        ClusterSharding.get(kit.system())
                .entityRefFor(SignalActor.KEY, symbol.name())
                .tell(new SignalActor.ReadPast(Timeframe.ONE_HOUR));
    }

    private Behavior<SignalActor.Command> actor(EntityContext<SignalActor.Command> entity) {
        return Behaviors.setup(context -> {
            retirement.begun(new Symbol(entity.getEntityId()), context.getSelf(), entity.getShard());
            begun.add(entity.getEntityId());
            return Behaviors.receiveMessage(message -> {
                if (message instanceof SignalActor.Stop) {
                    ended.add(entity.getEntityId());
                    return Behaviors.stopped();
                }
                return Behaviors.same();
            });
        });
    }

    private static Clock clock(InstantSource source) {
        return source.withZone(ZoneOffset.UTC);
    }
}
