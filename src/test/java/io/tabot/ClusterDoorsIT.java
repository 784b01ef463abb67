package io.tabot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tabot.cli.CommandRun;
import io.tabot.testing.CandleTraffic;
import io.tabot.testing.Certificates;
import io.tabot.testing.FakeKubernetes;
import io.tabot.testing.MariaDbServer;
import io.tabot.testing.NatsServer;
import io.tabot.testing.ServerProcess;
import io.tabot.testing.ServiceProcess;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How nodes get together: three processes on one machine, started by one command, and pods that find each other. */
class ClusterDoorsIT {
    private static final int NODES = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    private static Path home;

    private static MariaDbServer mysql;
    private static NatsServer nats;

    @BeforeAll
    static void startServers() {
        mysql = MariaDbServer.running();
        nats = NatsServer.running();
    }

    @AfterAll
    static void stopServers() {
        nats.close();
        mysql.close();
    }

    @Test
    void oneCommandStartsThreeNodesAndEndsThem() {
        var http = ServerProcess.freePort();
        try (var command = ServiceProcess.launched(home, settings(), start(NODES, http))) {
            await().atMost(PATIENCE).until(() -> command.stdout().contains("all " + NODES + " nodes are ready"));

            var status = await().atMost(PATIENCE)
                    .until(
                            () -> status("http://127.0.0.2:" + http),
                            run -> run.exitCode() == 0 && run.out().contains("mysql    level  1"));
            assertThat(status.lines().stream().filter(line -> line.matches("127\\.0\\.0\\.[123]:\\d+ +up +1 +1 .*")))
                    .as(status.out())
                    .hasSize(NODES);
            assertThat(command.interrupt()).isZero();
            assertThat(command.stdout()).doesNotContain("can't be read or kept");
            for (var node = 1; node <= NODES; node++) {
                assertThat(command.stdout()).contains(node + "| has ended with exit code 0");
                assertThat(log(node)).isNotEmptyFile();
            }
        }
        assertThatThrownBy(() -> new Socket("127.0.0.1", http).close()).isInstanceOf(ConnectException.class);
    }

    @Test
    void theCommandSaysThatItCannotTellWhetherNodesWithACertificateOfTheirOwnAreReady() {
        var settings = new HashMap<>(settings());
        settings.put("TABOT_ENVIRONMENT", "encrypted");
        settings.put(
                "TABOT_HTTP_TLS_KEYSTORE", Certificates.keystore(home, "own").toString());
        settings.put("TABOT_HTTP_TLS_PASSWORD", Certificates.PASSWORD);
        try (var command = ServiceProcess.launched(home, settings, start(1, ServerProcess.freePort()))) {
            await().atMost(PATIENCE).until(() -> command.stdout().contains("certificate is not trusted here"));
            assertThat(command.interrupt()).isZero();
        }
    }

    @Test
    void aClusterOfProcessesIsRefusedWithWhatItLacks() {
        try (var command = ServiceProcess.launched(home, Map.of(), List.of("cluster", "start"))) {
            assertThat(command.awaitEnd()).isEqualTo(1);
            assertThat(command.stderr())
                    .contains("nats-server -js", "NATS_URL=", "MYSQL_URI=", "several nodes need")
                    .hasLineCount(1);
        }
    }

    @Test
    void podsFindEachOtherThroughTheApiOfKubernetes() throws Exception {
        var management = ServerProcess.freePort();
        var pods = IntStream.rangeClosed(11, 10 + NODES)
                .mapToObj(number -> "127.0.0." + number)
                .toList();
        var nodes = new ArrayList<ServiceProcess>();
        try (var kubernetes = FakeKubernetes.running(home, "app=ta-bot", pods, management)) {
            for (var pod : pods) {
                nodes.add(ServiceProcess.launched(
                        Files.createDirectories(home.resolve(pod)), pod(kubernetes, pod, management)));
            }
            nodes.forEach(ServiceProcess::awaitReady);

            var cluster = await().atMost(PATIENCE).until(() -> cluster(nodes.getFirst()), ClusterDoorsIT::isWhole);
            assertThat(cluster.at("/nodes").findValuesAsText("node"))
                    .allMatch(node -> pods.contains(node.replaceFirst(":.*", "")));
            assertThat(kubernetes.asked()).isNotEmpty().allMatch(asked -> asked.startsWith("200 "));
            assertThatThrownBy(() -> new Socket("127.0.0.1", management).close())
                    .as("the management port on another address")
                    .isInstanceOf(ConnectException.class);
        } finally {
            nodes.forEach(ServiceProcess::close);
        }
    }

    private static List<String> start(int nodes, int http) {
        return List.of(
                "cluster",
                "start",
                "--nodes",
                Integer.toString(nodes),
                "--port",
                Integer.toString(ServerProcess.freePort()),
                "--http-port",
                Integer.toString(http));
    }

    private static Map<String, String> settings() {
        var settings = new HashMap<>(CandleTraffic.settings(nats));
        settings.put("MYSQL_URI", mysql.uri());
        return settings;
    }

    private static Map<String, String> pod(FakeKubernetes kubernetes, String address, int management) {
        var settings = settings();
        settings.putAll(kubernetes.environment());
        settings.put("TABOT_ENVIRONMENT", "pods");
        settings.put("TABOT_CLUSTER_ENABLED", "true");
        settings.put("TABOT_CLUSTER_BOOTSTRAP", "kubernetes");
        settings.put("TABOT_CLUSTER_HOST", address);
        settings.put("TABOT_CLUSTER_KUBERNETES_MANAGEMENT_PORT", Integer.toString(management));
        settings.put("TABOT_CLUSTER_KUBERNETES_CONTACT_POINTS", Integer.toString(NODES));
        return settings;
    }

    private static Path log(int node) {
        return ServiceProcess.data(home).resolve("cluster/node-" + node + "/ta-bot.log");
    }

    private static CommandRun status(String url) {
        return CommandRun.of("status", "--url", url);
    }

    private static JsonNode cluster(ServiceProcess node) {
        return node.get("/api/v1/cluster").data();
    }

    private static boolean isWhole(JsonNode cluster) {
        return cluster.at("/nodes").size() == NODES
                && cluster.at("/nodes")
                        .valueStream()
                        .allMatch(node -> node.at("/status").asText().equals("up")
                                && node.at("/said/revision").asLong() == 1);
    }
}
