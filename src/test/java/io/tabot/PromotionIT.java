package io.tabot;

import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.cli.CommandRun;
import io.tabot.testing.ChangeClient;
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

/** Two of the three voters of a real service are lost, and an operator goes on with the third. */
class PromotionIT {
    private static final String REASON = "the disks of mongodb and of the witness burned";

    private final ChangeClient client = new ChangeClient();

    @TempDir
    Path home;

    @Test
    void goesOnWithOneJournalAndTakesTheLostOneBack() throws IOException {
        try (var mongo = MongoServer.running();
                var mysql = MariaDbServer.running()) {
            var settings = Map.of("MONGODB_URI", mongo.uri(), "MYSQL_URI", mysql.uri());
            try (var service = ServiceProcess.ready(home, settings)) {
                changes(service, 5);
                service.kill();
            }
            mongo.kill();
            loseTheWitness();
            try (var service = ServiceProcess.launched(home, settings)) {
                service.awaitReport();
                client.changeNext(service);
                assertThat(client.acknowledged()).isEqualTo(5);
                promote(service);
                changes(service, 10);
                service.kill();
            }
            try (var service = ServiceProcess.ready(home, settings)) {
                changes(service, 15);
                assertThat(journals(service)).contains(REASON, "\"term\":\"1.");
                assertThat(service.get("/api/v1/audit/promotions").text()).contains(REASON, "\"base_revision\":6");
                mongo.start();
                TestCluster.eventually(
                        () -> service.get("/health").text(), health -> health.contains("mongodb is level"));
                TestCluster.eventually(() -> journals(service), PromotionIT::areAllLevel);
                mysql.kill();
                changes(service, 20);
                checkHistory(service);
            }
        }
    }

    private void loseTheWitness() throws IOException {
        try (var files = Files.list(ServiceProcess.data(home))) {
            for (var file : files.toList()) {
                if (file.getFileName().toString().startsWith("witness")) {
                    Files.delete(file);
                }
            }
        }
    }

    /** Again and again, for the service needs a moment to see who is away. */
    private static void promote(ServiceProcess service) {
        var environment =
                service.get("/api/v1/config").metadata().path("environment").asText();
        var run = TestCluster.eventually(
                () -> CommandRun.of(
                        "journals",
                        "promote",
                        "--voters",
                        "mysql",
                        "--reason",
                        REASON,
                        "--yes",
                        environment,
                        "--url",
                        service.address()),
                ended -> ended.exitCode() == 0);
        assertThat(run.out()).startsWith("term 1.1 is open at revision 6").endsWith("on mysql");
    }

    private static String journals(ServiceProcess service) {
        return service.get("/api/v1/config/journals").text();
    }

    private static boolean areAllLevel(String journals) {
        return journals.split("\"level\"", -1).length == 4;
    }

    private void changes(ServiceProcess service, int count) {
        TestCluster.eventually(() -> client.changeNext(service), _ -> client.acknowledged() >= count);
    }

    private void checkHistory(ServiceProcess service) {
        var audit = TestCluster.eventually(() -> ChangeClient.audit(service), items -> !items.isEmpty());
        assertThat(audit).hasSize(client.acknowledged() + 1);
        assertThat(audit.getLast().maxPositions()).isEqualTo(ChangeClient.valueAfter(client.acknowledged()));
    }
}
