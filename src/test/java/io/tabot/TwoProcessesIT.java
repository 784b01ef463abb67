package io.tabot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tabot.cli.CommandRun;
import io.tabot.testing.KeyedClient;
import io.tabot.testing.MariaDbServer;
import io.tabot.testing.MongoServer;
import io.tabot.testing.NatsServer;
import io.tabot.testing.ServiceProcess;
import io.tabot.testing.TcpProxy;
import io.tabot.testing.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes that serve one environment and know nothing of each other, each with a network of its own. */
@Tag("faults")
class TwoProcessesIT {
    /** The ways of one process to both journals and to the witness. */
    private record Ways(TcpProxy mongodb, TcpProxy mysql, TcpProxy nats) implements AutoCloseable {
        void heal() {
            mongodb.heal();
            mysql.heal();
            nats.heal();
        }

        @Override
        public void close() {
            mongodb.close();
            mysql.close();
            nats.close();
        }
    }

    private static final int CHANGES = 30;

    @TempDir
    Path home;

    private final KeyedClient ofOne = new KeyedClient("one", 1_000, 0);
    private final KeyedClient ofOther = new KeyedClient("other", 50_000, 0);

    @Test
    void makeOneHistoryThoughEachIsCutOffFromAnotherJournal() throws IOException {
        try (var mongo = MongoServer.running();
                var mysql = MariaDbServer.running();
                var nats = NatsServer.running();
                var waysOfOne = ways(mongo, mysql, nats);
                var waysOfOther = ways(mongo, mysql, nats);
                var one = service("one", settings(waysOfOne, mongo, mysql, nats))) {
            changes(one, ofOne, 5);
            waysOfOne.mysql().refuse();
            waysOfOther.mongodb().refuse();
            try (var other = service("other", settings(waysOfOther, mongo, mysql, nats))) {
                bothChange(one, other, ofOther.count() + 1);
                onlyTheOneWithAMajorityTakesChanges(one, other, waysOfOther);
                waysOfOne.heal();
                waysOfOther.heal();
                bothChange(one, other, ofOther.count());
                other.kill();
            }
            changes(one, ofOne, ofOne.count() + 5);
            TestCluster.eventually(() -> one.get("/health").text(), TwoProcessesIT::areJournalsLevel);

            assertThat(KeyedClient.audited(one))
                    .containsAllEntriesOf(ofOne.acknowledged())
                    .containsAllEntriesOf(ofOther.acknowledged());
            assertThat(one.get("/api/v1/audit/verify").data().path("broken").isNull())
                    .isTrue();
            assertThat(one.terminate()).isZero();
            checkBothJournals(mongo, mysql);
        }
    }

    /** Both have the witness, so they take the right to write from each other, as often as they like. */
    private void bothChange(ServiceProcess one, ServiceProcess other, int goalOfOther) {
        var goal = ofOne.count() + ofOther.count() + CHANGES;
        var enough = new AtomicBoolean();
        var changing = CompletableFuture.allOf(
                CompletableFuture.runAsync(() -> change(one, ofOne, enough)),
                CompletableFuture.runAsync(() -> change(other, ofOther, enough)));
        try {
            await().atMost(Duration.ofSeconds(120))
                    .until(() -> ofOne.count() + ofOther.count() >= goal && ofOther.count() >= goalOfOther);
        } finally {
            enough.set(true);
            changing.join();
        }
        System.out.printf(
                "TwoProcessesIT: %d and %d changes acknowledged, %d and %d refused%n",
                ofOne.count(),
                ofOther.count(),
                ofOne.refusals().size(),
                ofOther.refusals().size());
        assertThat(ofOne.refusals()).allMatch(refusal -> refusal.matches("(READ_ONLY|UNCONFIRMED): .{10,}"));
        assertThat(ofOther.refusals()).allMatch(refusal -> refusal.matches("(READ_ONLY|UNCONFIRMED): .{10,}"));
    }

    private void onlyTheOneWithAMajorityTakesChanges(ServiceProcess one, ServiceProcess other, Ways waysOfOther) {
        waysOfOther.nats().refuse();
        // Of a change that is repeated it only says that it is not confirmed; another one is told who is away.
        var asked = new AtomicInteger();
        TestCluster.eventually(
                () -> whyNot(other, "another-" + asked.incrementAndGet()),
                why -> why.contains("mongodb, witness are away"));
        var before = ofOther.count();
        changes(one, ofOne, ofOne.count() + 10);

        assertThat(ofOther.changeNext(other)).isFalse();
        assertThat(ofOther.count()).isEqualTo(before);
        assertThat(other.get("/api/v1/config/application").status()).isEqualTo(200);
        assertThat(other.get("/ready").text()).contains("mongodb");
    }

    private static String whyNot(ServiceProcess service, String key) {
        var client = new KeyedClient(key, 90_000, 0);
        return client.changeNext(service) ? "" : String.join("", client.refusals());
    }

    private static void change(ServiceProcess service, KeyedClient client, AtomicBoolean enough) {
        while (!enough.get()) {
            client.changeNext(service);
        }
    }

    private static void changes(ServiceProcess service, KeyedClient client, int count) {
        TestCluster.eventually(() -> client.changeNext(service), _ -> client.count() >= count);
    }

    private static boolean areJournalsLevel(String health) {
        return health.contains("mongodb is level") && health.contains("mysql is level");
    }

    private void checkBothJournals(MongoServer mongo, MariaDbServer mysql) {
        var settings = Map.of(
                "MONGODB_URI",
                mongo.uri(),
                "MYSQL_URI",
                mysql.uri(),
                "TABOT_DATA_DIR",
                home.resolve("cli").toString());
        var verify = CommandRun.of(settings, "journals", "verify");
        assertThat(verify.exitCode()).as(verify.out()).isZero();
        assertThat(verify.out()).contains("mongodb and mysql: hold the same");
    }

    private ServiceProcess service(String name, Map<String, String> settings) throws IOException {
        return ServiceProcess.ready(Files.createDirectories(home.resolve(name)), settings);
    }

    private static Ways ways(MongoServer mongo, MariaDbServer mysql, NatsServer nats) {
        return new Ways(TcpProxy.to(mongo.port()), TcpProxy.to(mysql.port()), TcpProxy.to(port(nats)));
    }

    private static Map<String, String> settings(Ways ways, MongoServer mongo, MariaDbServer mysql, NatsServer nats) {
        return Map.of(
                "MONGODB_URI", ways.mongodb().through(mongo.uri()),
                "MYSQL_URI", ways.mysql().through(mysql.uri()),
                "NATS_URL", ways.nats().through(nats.url() + "/"));
    }

    private static int port(NatsServer nats) {
        return Integer.parseInt(nats.url().substring(nats.url().lastIndexOf(':') + 1));
    }
}
