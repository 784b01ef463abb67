package io.tabot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.ConfigFactory;
import io.tabot.testing.Certificates;
import io.tabot.testing.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.StreamSupport;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.JoinSeedNodes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who gets into a cluster whose nodes show each other certificates. */
@Tag("long")
class RemotingTlsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Duration LONG_ENOUGH_TO_JOIN = Duration.ofSeconds(4);

    @TempDir
    Path folder;

    private final List<ActorSystem<?>> systems = new ArrayList<>();

    @AfterEach
    void endAll() {
        systems.forEach(ActorSystem::terminate);
        systems.forEach(
                system -> system.getWhenTerminated().toCompletableFuture().join());
    }

    @Test
    void onlyNodesThatShowATrustedCertificateGetIn() throws IOException {
        var own = Certificates.keystore(folder, "own");
        var foreign = Certificates.keystore(folder, "foreign");
        var seed = "127.0.0.1:" + ServerProcess.freePort();
        var first = started(settings(seed, seed, tls(own)));
        await().atMost(PATIENCE).until(() -> members(first) == 1);

        started(settings(seed, free(), Map.of()));
        started(settings(seed, free(), tls(foreign)));
        var second = started(settings(seed, free(), tls(own)));

        await().atMost(PATIENCE).until(() -> members(first) == 2 && members(second) == 2);
        await().during(LONG_ENOUGH_TO_JOIN).atMost(PATIENCE).until(() -> members(first) == 2);
        assertThat(joined(systems.get(1))).as("the one without a certificate").isZero();
        assertThat(joined(systems.get(2)))
                .as("the one with a foreign certificate")
                .isZero();
    }

    @Test
    void theNodeOfAPlainClusterDoesNotTakeInOneThatEncrypts() {
        var own = Certificates.keystore(folder, "own");
        var seed = free();
        var first = started(settings(seed, seed, Map.of()));
        await().atMost(PATIENCE).until(() -> members(first) == 1);

        var encrypting = started(settings(seed, free(), tls(own)));

        await().during(LONG_ENOUGH_TO_JOIN).atMost(PATIENCE).until(() -> members(first) == 1);
        assertThat(joined(encrypting)).isZero();
    }

    @Test
    void aKeystoreThatCanNotBeUsedIsRefusedBeforeAnythingStarts() throws IOException {
        var own = Certificates.keystore(folder, "own");
        var wrong = new ClusterAssembly(settings(
                free(),
                free(),
                Map.of(
                        "TABOT_CLUSTER_TLS_KEYSTORE",
                        own.toString(),
                        "TABOT_CLUSTER_TLS_PASSWORD_FILE",
                        Files.writeString(folder.resolve("password"), "wrong").toString())));
        assertThatThrownBy(wrong::check)
                .isInstanceOf(StartException.class)
                .hasMessageStartingWith("tabot.cluster.tls.keystore: ");
        assertThatThrownBy(() -> settings(free(), free(), with(tls(own), "TABOT_CLUSTER_TLS_PASSWORD_FILE", "x")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("tabot.cluster.tls.password-file");
    }

    private ActorSystem<?> started(Settings settings) {
        var assembly = new ClusterAssembly(settings);
        var config = assembly.config()
                .withFallback(ConfigFactory.parseString("pekko.loglevel = OFF"))
                .withFallback(settings.source().actorSystem())
                .resolve();
        var system = ActorSystem.create(Behaviors.ignore(), Main.SYSTEM, config);
        systems.add(system);
        Cluster.get(system).manager().tell(new JoinSeedNodes(assembly.seeds()));
        return system;
    }

    private static String free() {
        return "127.0.0.1:" + ServerProcess.freePort();
    }

    private static Map<String, String> tls(Path keystore) {
        return Map.of(
                "TABOT_CLUSTER_TLS_KEYSTORE", keystore.toString(), "TABOT_CLUSTER_TLS_PASSWORD", Certificates.PASSWORD);
    }

    private static Map<String, String> with(Map<String, String> settings, String variable, String value) {
        var more = new HashMap<>(settings);
        more.put(variable, value);
        return more;
    }

    private static Settings settings(String seed, String self, Map<String, String> more) {
        var variables = new HashMap<>(more);
        variables.putAll(Map.of(
                "TABOT_CLUSTER_ENABLED", "true",
                "TABOT_CLUSTER_SEED_NODES", seed,
                "TABOT_CLUSTER_HOST", "127.0.0.1",
                "TABOT_CLUSTER_PORT", self.substring(self.indexOf(':') + 1),
                "NATS_URL", "nats://127.0.0.1:4222",
                "MYSQL_URI", "mysql://u:p@127.0.0.1:3306/trade"));
        return Settings.load(variables, new Properties(), null);
    }

    private static long members(ActorSystem<?> system) {
        return StreamSupport.stream(Cluster.get(system).state().getMembers().spliterator(), false)
                .filter(member -> member.status().toString().equals("Up"))
                .count();
    }

    /** Members that it knows of: none until it is let in. */
    private static long joined(ActorSystem<?> system) {
        return Cluster.get(system).state().members().size();
    }
}
