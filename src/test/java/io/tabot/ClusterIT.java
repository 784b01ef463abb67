package io.tabot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tabot.testing.CandleTraffic;
import io.tabot.testing.CandleTraffic.Stored;
import io.tabot.testing.ChangeClient;
import io.tabot.testing.LocalCluster;
import io.tabot.testing.MariaDbServer;
import io.tabot.testing.NatsServer;
import io.tabot.testing.ServiceProcess;
import io.tabot.testing.SignalOracle;
import io.tabot.testing.TestCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three nodes as processes of their own, with real servers, lose and repeat nothing. */
class ClusterIT {
    private static final int NODES = 3;
    private static final int ROWS_MAX = 600;

    /** So many candles may wait for the service. */
    private static final int AHEAD_MAX = 24;

    @TempDir
    Path home;

    @Test
    void aRollingRestartLosesAndRepeatsNoSignal() {
        try (var mysql = MariaDbServer.running();
                var nats = NatsServer.running();
                var traffic = new CandleTraffic(nats);
                var cluster = LocalCluster.ready(home, NODES, settings(mysql, nats))) {
            traffic.awaitService();
            var published = new AtomicInteger();
            var enough = new AtomicBoolean();
            var producing = CompletableFuture.runAsync(() -> publishSteadily(traffic, published, enough));
            for (var i = 0; i < NODES; i++) {
                awaitMore(published);
                assertThat(cluster.restart(i)).isZero();
            }
            awaitMore(published);
            enough.set(true);
            producing.join();
            traffic.awaitAllDealtWith();

            checkExactly(traffic.signals(), published.get());
            for (var i = 0; i < NODES; i++) {
                assertThat(cluster.node(i).metric("ta_bot_candles_received_total", ""))
                        .as("candles that node %d took from NATS", i)
                        .isPositive();
            }
        }
    }

    @Test
    void theDeathOfTheOwnerOfTheConfigurationLosesNoAcknowledgedChange() {
        var client = new ChangeClient();
        try (var mysql = MariaDbServer.running();
                var nats = NatsServer.running();
                var cluster = LocalCluster.ready(home, NODES, settings(mysql, nats))) {
            changes(client, cluster.node(1), 10);
            var holder = cluster.holder();
            cluster.node(holder).kill();
            var begin = System.nanoTime();
            var other = cluster.node((holder + 1) % NODES);
            changes(client, other, 11);
            System.out.printf(
                    "ClusterIT: changes again %d ms after the death of their owner%n",
                    Duration.ofNanos(System.nanoTime() - begin).toMillis());
            changes(client, other, 20);
            cluster.startAgain(holder);

            assertThat(cluster.awaitSameRevision()).isEqualTo(client.revisions().getLast());
            var audit = ChangeClient.audit(cluster.node(holder));
            assertThat(audit).hasSize(client.acknowledged() + 1);
            assertThat(audit.getLast().maxPositions()).isEqualTo(ChangeClient.valueAfter(client.acknowledged()));
        }
    }

    /** Waits for a node to be taken out, with places for two candles: long, and sensitive to a busy machine. */
    @Tag("faults")
    @Test
    void candlesThatWereSentToADeadNodeDoNotHoldUpTheOthersUntilTheirTimeIsUp() {
        try (var mysql = MariaDbServer.running();
                var nats = NatsServer.running();
                var traffic = new CandleTraffic(nats)) {
            var settings = new HashMap<>(settings(mysql, nats));
            settings.put("TABOT_CANDLES_IN_FLIGHT", "2");
            settings.put("TABOT_CANDLES_HISTORY_TIMEOUT", "300s");
            settings.put("TABOT_NATS_ACK_WAIT", "10s");
            settings.put("TABOT_NATS_PUBLISH_TIMEOUT", "5s");
            try (var cluster = LocalCluster.ready(home, NODES, settings)) {
                traffic.awaitService();
                traffic.publish(0, 12);
                traffic.awaitAllDealtWith();
                evaluating(cluster).kill();
                traffic.publish(12, 20);

                await().atMost(Duration.ofSeconds(120)).until(() -> traffic.backlog() == 0);
                checkExactly(traffic.signals(), 20);
            }
        }
    }

    /** One that has evaluated candles. */
    private static ServiceProcess evaluating(LocalCluster cluster) {
        return IntStream.range(0, NODES)
                .mapToObj(cluster::node)
                .filter(node -> node.metric("ta_bot_candles_in_total", "") > 0)
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, String> settings(MariaDbServer mysql, NatsServer nats) {
        var settings = new HashMap<>(CandleTraffic.settings(nats));
        settings.put("MYSQL_URI", mysql.uri());
        return settings;
    }

    private static void changes(ChangeClient client, ServiceProcess node, int count) {
        TestCluster.eventually(() -> client.changeNext(node), _ -> client.acknowledged() >= count);
    }

    private static void publishSteadily(CandleTraffic traffic, AtomicInteger published, AtomicBoolean enough) {
        while (!enough.get() && published.get() < ROWS_MAX) {
            traffic.publish(published.get(), published.get() + 1);
            published.incrementAndGet();
            await().atMost(Duration.ofSeconds(60)).until(() -> traffic.backlog() < AHEAD_MAX);
        }
    }

    private static void awaitMore(AtomicInteger published) {
        var before = published.get();
        await().atMost(Duration.ofSeconds(60)).until(() -> published.get() > before + 30);
    }

    private static void checkExactly(List<Stored> signals, int rows) {
        var first = SignalOracle.first(CandleTraffic.ENVIRONMENT, CandleTraffic.SYMBOLS, CandleTraffic.TIMEFRAMES);
        List<JsonNode> expected = CandleTraffic.expected(0, rows, first);
        assertThat(expected).isNotEmpty();
        assertThat(signals).extracting(Stored::id).doesNotHaveDuplicates();
        assertThat(signals).extracting(Stored::signal).containsExactlyInAnyOrderElementsOf(expected);
        System.out.printf("ClusterIT: %d signals of %d candles%n", signals.size(), rows * CandleTraffic.SERIES.size());
    }
}
