package io.tabot;

import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.testing.KeyedClient;
import io.tabot.testing.MariaDbServer;
import io.tabot.testing.ServiceProcess;
import io.tabot.testing.SmallDisk;
import io.tabot.testing.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/**
 * A journal whose disk is full: changes are refused and say so, what was acknowledged stays, reads and candles go on,
 * and changes are taken again once there is room, without anybody's help.
 */
@Tag("faults")
@EnabledIf("io.tabot.testing.SmallDisk#isPossible")
class DiskFullIT {
    /** Enough numbers in each change that it takes some blocks of a disk. */
    private static final int SIZES = 3_000;

    private static final int CHANGES = 5;

    @TempDir
    Path home;

    private final KeyedClient client = new KeyedClient("client", 1_000, SIZES);

    @Test
    void theEmbeddedJournalRefusesAndRecovers() throws IOException {
        var data = Files.createDirectory(ServiceProcess.data(home));
        try (var disk = SmallDisk.at(data, 32)) {
            refusesWhileItIsFull(disk, Map.of());
        }
    }

    @Test
    void aJournalInMySqlRefusesAndRecovers() throws IOException {
        var data = Files.createDirectory(home.resolve("mysql"));
        try (var disk = SmallDisk.at(data, 200);
                var mysql = MariaDbServer.runningIn(data.resolve("data"))) {
            refusesWhileItIsFull(disk, Map.of("MYSQL_URI", mysql.uri()));
        }
    }

    private void refusesWhileItIsFull(SmallDisk disk, Map<String, String> settings) {
        try (var service = ServiceProcess.ready(home, settings)) {
            changes(service, CHANGES);
            disk.fill();
            TestCluster.eventually(
                    () -> !client.changeNext(service) && !client.refusals().isEmpty(), full -> full);
            var acknowledged = client.count();
            var candles = service.metric("ta_bot_candles_in_total", "");

            TestCluster.eventually(() -> service.metric("ta_bot_candles_in_total", ""), count -> count > candles);
            assertThat(client.changeNext(service)).isFalse();
            assertThat(client.refusals()).allMatch(refusal -> refusal.matches("(READ_ONLY|UNCONFIRMED): .{10,}"));
            assertThat(maxPositions(service)).isEqualTo(1_000 + acknowledged);
            TestCluster.eventually(
                    () -> service.get("/health")
                            .json()
                            .path("components")
                            .path("journal")
                            .asText(),
                    journal -> journal.equals("down"));

            disk.free();
            var begin = System.nanoTime();
            changes(service, acknowledged + 1);
            var recovered = Duration.ofNanos(System.nanoTime() - begin);
            changes(service, acknowledged + CHANGES);
            System.out.printf(
                    "DiskFullIT: %s, %d changes fitted, changes again %d ms after there was room%n",
                    settings.isEmpty() ? "embedded" : "mysql", acknowledged - CHANGES, recovered.toMillis());
            service.kill();
        }
        try (var service = ServiceProcess.ready(home, settings)) {
            TestCluster.eventually(() -> maxPositions(service), positions -> positions == 1_000 + client.count());
            // It shows what was last in force before it can read the history.
            TestCluster.eventually(() -> service.get("/api/v1/audit?limit=1").status(), status -> status == 200);
            assertThat(KeyedClient.audited(service)).containsAllEntriesOf(client.acknowledged());
            assertThat(service.terminate()).isZero();
        }
    }

    private static int maxPositions(ServiceProcess service) {
        return service.get("/api/v1/config/application")
                .data()
                .path("max_positions")
                .asInt();
    }

    private void changes(ServiceProcess service, int count) {
        TestCluster.eventually(() -> client.changeNext(service), _ -> client.count() >= count);
    }
}
