package io.tabot;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.tabot.journal.EmbeddedJournal;
import io.tabot.nats.NatsConnection;
import io.tabot.nats.NatsRollCall;
import io.tabot.nats.NatsSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.AddressFromURIString;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.apache.pekko.management.cluster.bootstrap.ClusterBootstrap;
import org.apache.pekko.management.javadsl.PekkoManagement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a cluster needs of the other settings, and what it tells the actor system. */
final class ClusterAssembly {
    /** The key of what nodes show each other. */
    static final String TLS = "cluster.tls";

    private static final Logger LOG = LoggerFactory.getLogger(ClusterAssembly.class);
    private static final Duration STOP_ALONE = Duration.ofSeconds(9);
    /** Symbols and the configuration are handed over before a node leaves. Kubernetes kills after 30 seconds. */
    private static final Duration STOP_AMONG_OTHERS = Duration.ofSeconds(28);

    /** NATS answers within milliseconds or is away; then the other seed nodes decide alone. */
    private static final Duration CONNECT_MAX = Duration.ofSeconds(5);

    private static final Duration ANSWER_MAX = Duration.ofSeconds(1);
    private static final Duration ASK_AGAIN = Duration.ofSeconds(10);

    private final Settings settings;

    ClusterAssembly(Settings settings) {
        this.settings = settings;
    }

    /** @throws StartException if something that every node uses is on this node alone, or a file of it is no good */
    void check() {
        if (!settings.cluster().enabled()) {
            return;
        }
        refuseIf(
                settings.journals().names().contains(EmbeddedJournal.NAME),
                "the embedded journal is a file that only one node can open: set TABOT_MYSQL_URI or TABOT_MONGODB_URI,"
                        + " or both");
        refuseIf(
                settings.journals().names().size() > 1 && settings.witness().kind() == WitnessSettings.Kind.FILE,
                "a witness in a file is for one node: set TABOT_WITNESS=nats");
        refuseIf(
                settings.nats()
                        .filter(nats -> nats.mode() == NatsSettings.Mode.JETSTREAM)
                        .isEmpty(),
                "its nodes share the candles by a JetStream consumer: set NATS_URL, and TABOT_NATS_MODE=jetstream");
        settings.cluster().tls().ifPresent(tls -> TlsAssembly.identity(tls, TLS));
    }

    /** To be laid over the actor system's own. */
    Config config() {
        return settings.cluster().enabled() ? RemotingConfig.of(settings.cluster()) : ConfigFactory.empty();
    }

    /** A node alone is a cluster of its own at once. */
    void join(ActorContext<?> context, Optional<NatsConnection> nats) {
        var cluster = settings.cluster();
        if (!cluster.enabled()) {
            var self = Cluster.get(context.getSystem());
            self.manager().tell(Join.create(self.selfMember().address()));
            return;
        }
        switch (cluster.bootstrap()) {
            case SEEDS -> context.spawn(ClusterEntry.create(entry(context.getSystem(), nats)), "cluster-entry");
            case KUBERNETES -> bootstrap(context.getSystem());
        }
    }

    private ClusterEntry.Parts entry(ActorSystem<?> system, Optional<NatsConnection> nats) {
        var cluster = settings.cluster();
        var rollCall = new NatsRollCall(nats.orElseThrow(), cluster.node().orElseThrow());
        var blocking = system.dispatchers().lookup(DispatcherSelector.blocking());
        return new ClusterEntry.Parts(
                seeds(),
                () -> CompletableFuture.supplyAsync(() -> another(rollCall), blocking),
                rollCall::answer,
                ASK_AGAIN);
    }

    /** Of the nodes to join by, in their order. */
    List<Address> seeds() {
        return settings.cluster().seedNodes().stream()
                .map(ClusterAssembly::address)
                .toList();
    }

    private static Optional<Address> another(NatsRollCall rollCall) {
        try {
            return rollCall.another(CONNECT_MAX, ANSWER_MAX).map(ClusterAssembly::address);
        } catch (IOException | InterruptedException e) {
            throw new CompletionException(e);
        }
    }

    private static Address address(String node) {
        return AddressFromURIString.parse("pekko://" + Main.SYSTEM + "@" + node);
    }

    private void bootstrap(ActorSystem<?> system) {
        var cluster = settings.cluster();
        var management = PekkoManagement.get(system).start();
        var _ = management.whenComplete((_, failure) -> {
            if (failure != null) {
                LOG.error(
                        "other pods can't ask this one: {}:{} can't be used",
                        cluster.host(),
                        cluster.kubernetes().managementPort(),
                        failure);
            }
        });
        ClusterBootstrap.get(system).start();
    }

    Duration stopTimeout() {
        return settings.cluster().enabled() ? STOP_AMONG_OTHERS : STOP_ALONE;
    }

    private static void refuseIf(boolean unusable, String why) {
        if (unusable) {
            throw new StartException("tabot.cluster.enabled is true, but " + why);
        }
    }
}
