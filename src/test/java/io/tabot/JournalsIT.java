package io.tabot;

import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.testing.ChangeClient;
import io.tabot.testing.DatabaseServer;
import io.tabot.testing.MariaDbServer;
import io.tabot.testing.MongoServer;
import io.tabot.testing.ServiceProcess;
import io.tabot.testing.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service with its history in one database or both, from the settings to the audit, over the death of either. */
class JournalsIT {
    private final ChangeClient client = new ChangeClient();

    @TempDir
    Path home;

    @Test
    void keepsEveryAcknowledgedChangeInMySql() {
        try (var server = MariaDbServer.stopped()) {
            keepsChanges(server, "mysql", Map.of("MYSQL_URI", server.uri()));
        }
    }

    @Test
    void keepsEveryAcknowledgedChangeInMongoDb() {
        try (var server = MongoServer.stopped()) {
            keepsChanges(server, "mongodb", Map.of("MONGODB_URI", server.uri(), "TABOT_JOURNALS", "mongodb"));
        }
    }

    @Test
    void goesOnWithEitherOfTwoAndKeepsEveryAcknowledgedChangeInBoth() {
        try (var mongo = MongoServer.running();
                var mysql = MariaDbServer.running()) {
            var settings = Map.of("MONGODB_URI", mongo.uri(), "MYSQL_URI", mysql.uri());
            try (var service = ServiceProcess.ready(home, settings)) {
                assertThat(service.awaitReport()).last().asString().contains("witness: a file");
                changes(service, 5);
                mongo.kill();
                changes(service, 10);
                service.kill();
            }
            try (var service = ServiceProcess.ready(home, settings)) {
                checkHistory(service);
                changes(service, 15);
                mongo.start();
                TestCluster.eventually(() -> service.get("/health").text(), JournalsIT::isMongoDbLevel);
                mysql.kill();
                changes(service, 20);
                checkHistory(service);
                mysql.start();
            }
        }
    }

    private static boolean isMongoDbLevel(String health) {
        return health.contains("mongodb is level");
    }

    @Test
    void doesNotLeaveAnEmbeddedHistoryBehindUnnoticed() throws IOException {
        Files.createDirectories(ServiceProcess.data(home));
        Files.createFile(ServiceProcess.data(home).resolve("journal.mv.db"));
        try (var service = ServiceProcess.launched(home, Map.of("MYSQL_URI", "mysql://u:p@127.0.0.1:1/trade"))) {
            assertThat(service.awaitEnd()).isEqualTo(1);
            assertThat(service.stderr()).contains("holds a history in journal.mv.db", "TABOT_JOURNALS=embedded");
        }
    }

    private void keepsChanges(DatabaseServer server, String journal, Map<String, String> settings) {
        startsBeforeItsServer(server, journal, settings);
        try (var service = ServiceProcess.ready(home, settings)) {
            checkHistory(service);
            refusesChangesAndServesReadsWithoutItsServer(service, server);
            checkHistory(service);
            service.kill();
        }
        try (var service = ServiceProcess.ready(home, settings)) {
            checkHistory(service);
            assertThat(service.terminate()).isZero();
        }
    }

    private void startsBeforeItsServer(DatabaseServer server, String journal, Map<String, String> settings) {
        try (var service = ServiceProcess.launched(home, settings)) {
            assertThat(service.awaitReport()).last().asString().contains("(journal: " + journal + " at " + journal);
            server.start();
            service.awaitReady();
            changes(service, 10);
            assertThat(ChangeClient.inForce(service).path("max_positions").asInt())
                    .isEqualTo(ChangeClient.valueAfter(10));
            service.kill();
            assertThat(service.stdout() + service.stderr()).doesNotContain("p@ss", "p%40ss");
        }
    }

    private void refusesChangesAndServesReadsWithoutItsServer(ServiceProcess service, DatabaseServer server) {
        var before = client.acknowledged();
        server.kill();
        var tried = TestCluster.eventually(() -> tryOne(service), answered -> client.refused() > 0);
        assertThat(tried).isTrue();
        assertThat(client.acknowledged()).isEqualTo(before);
        assertThat(service.get("/api/v1/config/application").status()).isEqualTo(200);
        assertThat(service.get("/api/v1/config/application/audit").status()).isEqualTo(503);
        assertThat(service.get("/ready").status()).isEqualTo(200);
        server.start();
        TestCluster.eventually(() -> tryOne(service), answered -> client.acknowledged() >= before + 5);
    }

    private boolean tryOne(ServiceProcess service) {
        return client.changeNext(service);
    }

    private void changes(ServiceProcess service, int count) {
        TestCluster.eventually(() -> tryOne(service), answered -> client.acknowledged() >= count);
    }

    private void checkHistory(ServiceProcess service) {
        var inForce = ChangeClient.inForce(service);
        var audit = TestCluster.eventually(() -> ChangeClient.audit(service), items -> !items.isEmpty());
        assertThat(audit).hasSize(client.acknowledged() + 1);
        assertThat(audit.getLast().maxPositions()).isEqualTo(ChangeClient.valueAfter(client.acknowledged()));
        assertThat(inForce.path("revision").asLong()).isEqualTo(audit.getLast().revision());
    }
}
