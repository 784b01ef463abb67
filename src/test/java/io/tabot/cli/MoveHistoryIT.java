package io.tabot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.config.ConfigEvent;
import io.tabot.testing.ChangeClient;
import io.tabot.testing.MariaDbServer;
import io.tabot.testing.MongoServer;
import io.tabot.testing.ServiceProcess;
import io.tabot.testing.StoredJournal;
import io.tabot.testing.TestCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way of an operator from the embedded journal to a database, and on to the other, without losing a change. */
@Tag("faults")
class MoveHistoryIT {
    private static final int CHANGES = 6;

    private static MariaDbServer mariaDb;
    private static MongoServer mongo;

    private final ChangeClient client = new ChangeClient();

    @TempDir
    Path home;

    @BeforeAll
    static void start() {
        mariaDb = MariaDbServer.running();
        mongo = MongoServer.running();
    }

    @AfterAll
    static void stop() {
        mariaDb.close();
        mongo.close();
    }

    @Test
    void goesOnInMongoDbAndThenInMySqlWithEveryChange() throws IOException {
        try (var service = ServiceProcess.ready(home, Map.of())) {
            changes(service, CHANGES);
            assertThat(run(Map.of(), "status").err()).contains("is in use by another process");
            assertThat(service.terminate()).isZero();
        }
        var history = StoredJournal.history(ServiceProcess.data(home), "production");

        assertThat(copy("embedded", "mongodb").lines())
                .containsExactly("copied " + history.size() + " changes from embedded to mongodb: revision "
                        + history.size() + ", head " + history.getLast().hash());
        assertThat(copy("embedded", "mongodb").lines().getFirst()).startsWith("copied 0 changes");
        refusesToStartUntilTheFileIsMoved();
        goesOnIn("mongodb", history);

        assertThat(copy("mongodb", "mysql").exitCode()).isZero();
        var verify = run(both(), "verify");
        assertThat(verify.exitCode()).as(verify.out()).isZero();
        assertThat(verify.lines()).last().asString().contains("mongodb and mysql: hold the same");
        goesOnIn("mysql", history);

        var behind = run(both(), "verify");
        assertThat(behind.exitCode()).isEqualTo(1);
        assertThat(behind.out()).contains("mongodb lacks the 1 after it");
        assertThat(run(both(), "status").out()).containsPattern("mongodb +\\d+ +1 ");
        refusesToCopyOverAnotherHistory();
    }

    /** A service that runs changes the configuration once; both commands that look work beside it. */
    private void goesOnIn(String journal, List<ConfigEvent> history) {
        var settings = new HashMap<>(both());
        settings.put("TABOT_JOURNALS", journal);
        try (var service = ServiceProcess.ready(home, settings)) {
            var audit = TestCluster.eventually(() -> ChangeClient.audit(service), items -> !items.isEmpty());
            assertThat(audit.getFirst().revision()).isEqualTo(1);
            assertThat(ChangeClient.inForce(service).path("revision").asLong()).isGreaterThanOrEqualTo(history.size());
            var before = client.acknowledged();
            changes(service, before + 1);
            assertThat(ChangeClient.audit(service)).hasSize(client.acknowledged() + 1);
            assertThat(service.get("/api/v1/audit/verify").data().path("broken").isMissingNode()
                            || service.get("/api/v1/audit/verify")
                                    .data()
                                    .path("broken")
                                    .isNull())
                    .isTrue();
            assertThat(run(settings, "status").exitCode()).isZero();
            assertThat(run(settings, "verify").exitCode()).isZero();
            assertThat(service.terminate()).isZero();
        }
    }

    private void refusesToStartUntilTheFileIsMoved() throws IOException {
        var settings = new HashMap<>(both());
        settings.put("TABOT_JOURNALS", "mongodb");
        try (var service = ServiceProcess.launched(home, settings)) {
            assertThat(service.awaitEnd()).isEqualTo(1);
            assertThat(service.stderr())
                    .contains("bin/ta-bot journals copy --from embedded --to mongodb", "--abandon-embedded");
        }
        var file = ServiceProcess.data(home).resolve("journal.mv.db");
        Files.move(file, home.resolve("moved.mv.db"));
    }

    private void refusesToCopyOverAnotherHistory() {
        var other = home.resolve("other");
        var made = Map.of("TABOT_DATA_DIR", other.resolve("data").toString());
        try (var service = ServiceProcess.ready(folder(other), made)) {
            assertThat(service.terminate()).isZero();
        }
        var settings = new HashMap<>(both());
        settings.putAll(made);

        var refused = run(settings, "copy", "--from", "embedded", "--to", "mongodb");

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("mongodb holds another history");
    }

    private static Path folder(Path path) {
        try {
            return Files.createDirectories(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void changes(ServiceProcess service, int count) {
        TestCluster.eventually(() -> client.changeNext(service), answered -> client.acknowledged() >= count);
    }

    private Cli copy(String from, String to) {
        var copied = run(both(), "copy", "--from", from, "--to", to);
        assertThat(copied.exitCode()).as(copied.err()).isZero();
        return copied;
    }

    private static Map<String, String> both() {
        return Map.of("MONGODB_URI", mongo.uri(), "MYSQL_URI", mariaDb.uri());
    }

    private Cli run(Map<String, String> environment, Object... arguments) {
        var all = new ArrayList<Object>(List.of("journals"));
        all.addAll(List.of(arguments));
        var settings = new HashMap<String, String>();
        settings.put("TABOT_DATA_DIR", ServiceProcess.data(home).toString());
        settings.putAll(environment);
        return Cli.run(settings, all.toArray());
    }
}
