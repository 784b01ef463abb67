package io.tabot;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** The order in which a node lets go of things, and that it gets that far before it is killed. */
class ShutdownTest {
    private static final Duration KUBERNETES_KILLS_AFTER = Duration.ofSeconds(30);

    /** What a node does at its end: no requests, no candles, no shards, no membership, no connections. */
    private static final List<String> STEPS = List.of(
            "service-unbind",
            "service-requests-done",
            "service-stop",
            "cluster-sharding-shutdown-region",
            "cluster-leave",
            "cluster-exiting",
            "before-actor-system-terminate");

    private static final Map<String, String> VARIABLES = Map.of(
            "TABOT_CLUSTER_ENABLED", "true",
            "TABOT_CLUSTER_SEED_NODES", "127.0.0.1:17355",
            "NATS_URL", "nats://127.0.0.1:4222",
            "MYSQL_URI", "mysql://u:p@127.0.0.1:3306/trade");

    private final Settings settings = Settings.load(VARIABLES, new Properties(), null);
    private final Config shutdown = settings.source().actorSystem().getConfig("pekko.coordinated-shutdown");

    @Test
    void candlesAreDrainedBeforeShardsMoveAndShardsMoveBeforeTheNodeLeaves() {
        for (var step = 1; step < STEPS.size(); step++) {
            assertThat(before(STEPS.get(step))).as(STEPS.get(step)).contains(STEPS.get(step - 1));
        }
    }

    @Test
    void allStepsTogetherEndBeforeTheProcessIsKilled() {
        var longest = STEPS.stream().map(this::timeout).reduce(Duration.ZERO, Duration::plus);
        var patience = new ClusterAssembly(settings).stopTimeout();

        assertThat(longest).isLessThanOrEqualTo(patience);
        assertThat(patience).isLessThan(KUBERNETES_KILLS_AFTER);
    }

    /** All phases that have to be over before this one. */
    private List<String> before(String phase) {
        var earlier = new ArrayList<String>();
        for (var name : shutdown.getConfig("phases." + phase).getStringList("depends-on")) {
            earlier.add(name);
            earlier.addAll(shutdown.hasPath("phases." + name + ".depends-on") ? before(name) : List.of());
        }
        return earlier;
    }

    private Duration timeout(String phase) {
        var own = "phases." + phase + ".timeout";
        return shutdown.getDuration(shutdown.hasPath(own) ? own : "default-phase-timeout");
    }
}
