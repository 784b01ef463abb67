package io.tabot;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import io.tabot.cli.CommandRun;
import io.tabot.testing.ChangeClient;
import io.tabot.testing.MariaDbServer;
import io.tabot.testing.MongoServer;
import io.tabot.testing.ServiceProcess;
import io.tabot.testing.TestCluster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A history that is lost with its server comes back from a backup of that server alone, as docs/journals.md says. */
class BackupIT {
    private static final int CHANGES = 12;

    private final ChangeClient client = new ChangeClient();

    @TempDir
    Path home;

    /** A way to make a backup. */
    @FunctionalInterface
    private interface Backup {
        void make() throws IOException;
    }

    @Test
    void findsEveryChangeAfterARestoreFromADumpOfMySql() throws IOException {
        try (var server = MariaDbServer.running()) {
            var settings = Map.of("MYSQL_URI", server.uri());
            var dump = home.resolve("config.sql");
            changesAndDies(settings, () -> dump(server, dump));
            var lost = head(settings);

            server.kill();
            server.empty();
            server.start();
            mysql(server, dump);

            isAllThere(settings, lost);
        }
    }

    @Test
    void findsEveryChangeAfterARestoreOfTheCollectionsOfMongoDb() throws IOException {
        try (var server = MongoServer.running()) {
            var settings = Map.of("MONGODB_URI", server.uri(), "TABOT_JOURNALS", "mongodb");
            var backup = new ArrayList<BsonDocument>();
            changesAndDies(settings, () -> collect(server, backup));
            var lost = head(settings);

            server.kill();
            server.empty();
            server.start();
            insert(server, backup);

            isAllThere(settings, lost);
        }
    }

    /** The backup is made while the service runs, and nothing is changed after it. */
    private void changesAndDies(Map<String, String> settings, Backup backup) throws IOException {
        try (var service = ServiceProcess.ready(home, settings)) {
            TestCluster.eventually(() -> client.changeNext(service), _ -> client.acknowledged() >= CHANGES);
            backup.make();
            service.kill();
        }
    }

    /** On another machine: with a data folder that knows nothing. */
    private void isAllThere(Map<String, String> settings, String head) throws IOException {
        var elsewhere = Files.createDirectories(home.resolve("elsewhere"));
        assertThat(head(settings)).isEqualTo(head);
        try (var service = ServiceProcess.ready(elsewhere, settings)) {
            var audit = TestCluster.eventually(() -> ChangeClient.audit(service), items -> !items.isEmpty());
            assertThat(audit).hasSize(client.acknowledged() + 1);
            assertThat(ChangeClient.inForce(service).path("max_positions").asInt())
                    .isEqualTo(ChangeClient.valueAfter(client.acknowledged()));
            var before = client.acknowledged();
            TestCluster.eventually(() -> client.changeNext(service), _ -> client.acknowledged() > before);
            assertThat(service.get("/api/v1/audit/verify").data().path("broken").isObject())
                    .isFalse();
            assertThat(service.terminate()).isZero();
        }
    }

    /** What bin/ta-bot journals verify says of the journal. */
    private String head(Map<String, String> settings) {
        var environment = new HashMap<>(settings);
        environment.put("TABOT_DATA_DIR", home.resolve("commands").toString());
        var verify = CommandRun.of(environment, "journals", "verify");
        assertThat(verify.exitCode()).as(verify.out() + verify.err()).isZero();
        assertThat(verify.out()).contains("sound: " + (client.acknowledged() + 1) + " changes");
        return verify.out();
    }

    private static void dump(MariaDbServer server, Path file) throws IOException {
        run(
                server,
                List.of("mariadb-dump", "--single-transaction", "--no-tablespaces"),
                List.of("config_journal", "config_store", "config_schema_history", "config_changes", "config_orphans"),
                ProcessBuilder.Redirect.PIPE,
                ProcessBuilder.Redirect.to(file.toFile()));
    }

    private static void mysql(MariaDbServer server, Path file) throws IOException {
        run(
                server,
                List.of("mariadb"),
                List.of(),
                ProcessBuilder.Redirect.from(file.toFile()),
                ProcessBuilder.Redirect.DISCARD);
    }

    private static void run(
            MariaDbServer server,
            List<String> program,
            List<String> tables,
            ProcessBuilder.Redirect in,
            ProcessBuilder.Redirect out)
            throws IOException {
        var command = new ArrayList<>(program);
        // As its first argument, or it is ignored.
        command.add(1, "--no-defaults");
        command.addAll(List.of("--host=127.0.0.1", "--port=" + server.port(), "--user=" + MariaDbServer.USER));
        command.add(MariaDbServer.DATABASE);
        command.addAll(tables);
        var builder = new ProcessBuilder(command).redirectInput(in).redirectOutput(out);
        builder.environment().put("MYSQL_PWD", MariaDbServer.PASSWORD);
        var process = builder.start();
        var errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.onExit().join().exitValue()).as(errors).isZero();
    }

    private static void collect(MongoServer server, List<BsonDocument> backup) {
        try (var mongo = server.connect()) {
            journal(server, mongo).find().into(backup);
        }
        assertThat(backup).hasSizeGreaterThan(CHANGES);
    }

    private static void insert(MongoServer server, List<BsonDocument> backup) {
        try (var mongo = server.connect()) {
            journal(server, mongo).insertMany(backup);
        }
    }

    private static MongoCollection<BsonDocument> journal(MongoServer server, MongoClient mongo) {
        return mongo.getDatabase(server.database()).getCollection("config_journal", BsonDocument.class);
    }
}
