package io.tabot;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.tabot.journal.EmbeddedJournal;
import io.tabot.nats.NatsSettings;
import java.time.Duration;
import java.util.Map;

/** What a cluster needs of the other settings, and what it tells the actor system. */
final class ClusterAssembly {
    private static final Duration STOP_ALONE = Duration.ofSeconds(9);
    /** Symbols and the configuration are handed over before a node leaves. */
    private static final Duration STOP_AMONG_OTHERS = Duration.ofSeconds(25);

    private final Settings settings;

    ClusterAssembly(Settings settings) {
        this.settings = settings;
    }

    /** @throws StartException if something that every node uses is on this node alone */
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
    }

    /** To be laid over the actor system's own. */
    Config config() {
        var cluster = settings.cluster();
        if (!cluster.enabled()) {
            return ConfigFactory.empty();
        }
        return ConfigFactory.parseMap(Map.of(
                "pekko.remote.artery.canonical.hostname", cluster.host(),
                "pekko.remote.artery.canonical.port", cluster.port(),
                "pekko.remote.artery.bind.hostname", cluster.host(),
                "pekko.cluster.seed-nodes",
                        cluster.seedNodes().stream()
                                .map(node -> "pekko://" + Main.SYSTEM + "@" + node)
                                .toList(),
                "pekko.cluster.sharding.number-of-shards", cluster.shards()));
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
