package io.tabot;

import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.testing.ChangeClient;
import io.tabot.testing.MariaDbServer;
import io.tabot.testing.MongoServer;
import io.tabot.testing.ServiceProcess;
import io.tabot.testing.TestCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A new node with nothing in its data folder, while one of two journals is away and no majority answers. */
class ReadsWithoutMajorityIT {
    private static final String PATH = "/api/v1/config/application";

    private final ChangeClient client = new ChangeClient();

    @TempDir
    Path home;

    @TempDir
    Path newHome;

    @Test
    void servesWhatOneJournalKnowsToBeAcknowledgedAndTakesNoChange() throws IOException {
        try (var mongo = MongoServer.running();
                var mysql = MariaDbServer.running()) {
            var settings = Map.of("MONGODB_URI", mongo.uri(), "MYSQL_URI", mysql.uri());
            try (var service = ServiceProcess.ready(home, settings)) {
                TestCluster.eventually(() -> client.changeNext(service), _ -> client.acknowledged() >= 5);
                service.kill();
            }
            mongo.kill();
            try (var service = ServiceProcess.ready(newHome, settings)) {
                checkIsStale(service);
                checkTakesNoChange(service);
                mongo.start();
                assertThat(ChangeClient.inForce(service).path("max_positions").asInt())
                        .isEqualTo(ChangeClient.valueAfter(5));
                TestCluster.eventually(() -> client.changeNext(service), _ -> client.acknowledged() >= 6);
            }
        }
    }

    private static void checkIsStale(ServiceProcess service) {
        var read = service.get(PATH);
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.data().path("max_positions").asInt()).isEqualTo(ChangeClient.valueAfter(4));
        assertThat(read.metadata().path("revision").asLong()).isEqualTo(5);
        assertThat(read.metadata().path("source").asText()).isEqualTo("mysql");
        assertThat(read.metadata().path("stale_since").isTextual()).isTrue();
    }

    private static void checkTakesNoChange(ServiceProcess service) throws IOException {
        var refused = service.post(
                PATH, Map.of("max_positions", 7, "changed_by", "client"), Map.of("Idempotency-Key", "too early"));
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.json().at("/error/code").asText()).isEqualTo("READ_ONLY");
        assertThat(refused.text()).contains("mongodb");
    }
}
