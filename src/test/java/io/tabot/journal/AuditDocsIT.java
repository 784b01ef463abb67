package io.tabot.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tabot.config.ConfigEvent;
import io.tabot.config.Term;
import io.tabot.config.Voter;
import io.tabot.config.VoterRecord;
import io.tabot.config.Writer;
import io.tabot.testing.Events;
import io.tabot.testing.MariaDbServer;
import io.tabot.testing.Markdown;
import io.tabot.testing.MongoServer;
import io.tabot.testing.TestCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/journals.md tells an operator and an auditor to run in the shells of the databases works as it says. */
class AuditDocsIT {
    private static final Markdown DOCUMENT = Markdown.of("docs/journals.md");
    private static final String SERVICE_PASSWORD = "change-me-1";
    private static final String AUDITOR_PASSWORD = "change-me-2";
    private static final Pattern FIND = Pattern.compile("db\\.config_journal\\.find\\((\\{.*})\\)(?:\\.sort.*)?");
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Writer WRITER = new Writer(new Term(0, 1), "writer");
    private static final int EVENTS = 4;

    @TempDir
    Path folder;

    @Test
    void theServiceAndTheAuditorNeedNoMoreRightsInMySqlThanTheDocumentGives() throws SQLException {
        try (var server = MariaDbServer.running()) {
            try (var root = connect(server, "", "root", "")) {
                root.createStatement().execute("create database petrosa");
                run(root, DOCUMENT.blocks("sql").get(0));
            }
            var uri = MySqlUri.parse("mysql://ta_bot:" + SERVICE_PASSWORD + "@127.0.0.1:" + server.port() + "/petrosa");
            writeHistory(TestCluster.withJournal(MySqlJournal.config(uri)), MySqlJournal.plugin(uri));
            asksWhatAnAuditorAsks(server);
            try (var service = connect(server, "petrosa", "ta_bot", SERVICE_PASSWORD)) {
                assertThatThrownBy(() -> run(service, "DELETE FROM config_journal"))
                        .hasMessageContaining("denied");
                assertThatThrownBy(() -> run(service, "UPDATE config_journal SET writer = 'x'"))
                        .hasMessageContaining("denied");
            }
        }
    }

    @Test
    void aDumpOfMySqlAloneBringsTheHistoryBack() throws Exception {
        var dump = folder.resolve("config.sql");
        try (var server = MariaDbServer.running()) {
            var uri = MySqlUri.parse(server.uri());
            writeHistory(TestCluster.withJournal(MySqlJournal.config(uri)), MySqlJournal.plugin(uri));
            shell(server, "mariadb-dump", "--single-transaction --no-tablespaces", "> " + dump);
            assertThat(Files.readString(dump)).contains("config_schema_history", "max_positions");
            server.stop();
            server.empty();
            server.start();
            shell(server, "mariadb", "", "< " + dump);

            var actors = TestCluster.withJournal(MySqlJournal.config(uri));
            try {
                var journal = actors.spawn(ConfigJournal.create("production", MySqlJournal.plugin(uri)));
                assertThat(events(actors, journal)).isEqualTo(Events.chain(EVENTS));
            } finally {
                actors.shutdownTestKit();
            }
            try (var connection = server.connect()) {
                assertThat(rows(connection, "SELECT * FROM config_changes")).hasSize(EVENTS);
            }
        }
    }

    @Test
    void findsChangesInMongoDbAsTheDocumentSays() {
        try (var server = MongoServer.running()) {
            var uri = MongoUri.parse(server.uri(), "");
            writeHistory(TestCluster.withJournal(MongoJournal.config(uri)), MongoJournal.plugin(uri));
            try (var client = server.connect()) {
                var collection = client.getDatabase(uri.database()).getCollection("config_journal");
                var found = DOCUMENT.blocks("js").get(0).lines().map(line -> {
                    var filter = FIND.matcher(line);
                    assertThat(filter.matches()).as(line).isTrue();
                    return collection
                            .find(Document.parse(filter.group(1)))
                            .into(new ArrayList<>())
                            .size();
                });
                assertThat(found).containsExactly(2, EVENTS, EVENTS + 1);
                assertThat(collection.listIndexes().into(new ArrayList<>()))
                        .extracting(index -> index.getString("name"))
                        .contains("one_record_a_position", "by_revision", "by_at", "by_changed_by", "by_documents");
            }
        }
    }

    private void asksWhatAnAuditorAsks(MariaDbServer server) throws SQLException {
        try (var auditor = connect(server, "petrosa", "auditor", AUDITOR_PASSWORD)) {
            var answers = new ArrayList<List<String>>();
            for (var query : statements(DOCUMENT.blocks("sql").get(1))) {
                answers.add(rows(auditor, query));
            }
            assertThat(answers).extracting(List::size).containsExactly(EVENTS, 1, EVENTS - 1, 2, 1, 2);
            assertThat(answers.get(0).getFirst()).isEqualTo("4|2026-01-01T00:00:03.000Z|tester|application|history");
            assertThat(answers.get(1).getFirst())
                    .startsWith("2026-01-01T00:00:01.000Z|tester|history|{")
                    .contains("\"max_positions\":101");
            assertThat(answers.get(4)).containsExactly("2|2026-01-01T00:00:01.000Z|tester");
            assertThatThrownBy(() -> run(auditor, "INSERT INTO config_journal (writer) VALUES ('x')"))
                    .hasMessageContaining("denied");
        }
    }

    /** Four events, of which the second was stored otherwise at first. */
    private static void writeHistory(ActorTestKit actors, JournalPlugin plugin) {
        try {
            var journal = actors.spawn(ConfigJournal.create("production", plugin));
            var events = Events.chain(EVENTS);
            var orphan = Events.chainAfter(events.subList(0, 1), "orphan", 1).getLast();
            TestProbe<Voter.Reply> replies = actors.createTestProbe();
            journal.tell(new Voter.Claim(WRITER, replies.getRef()));
            replies.expectMessageClass(Voter.Claimed.class, PATIENCE);
            var position = 1;
            for (var event : List.of(events.get(0), orphan, events.get(1), events.get(2), events.get(3))) {
                var record = new VoterRecord.Event(WRITER, WRITER.term(), event);
                journal.tell(new Voter.Append(position++, record, replies.getRef()));
                replies.expectMessageClass(Voter.Stored.class, PATIENCE);
            }
            assertThat(events(actors, journal)).isEqualTo(events);
        } finally {
            actors.shutdownTestKit();
        }
    }

    private static List<ConfigEvent> events(ActorTestKit actors, ActorRef<Voter.Command> journal) {
        TestProbe<Voter.EventsReply> replies = actors.createTestProbe();
        journal.tell(new Voter.ReadEvents(1, 100, replies.getRef()));
        return replies.expectMessageClass(Voter.Events.class, PATIENCE).events();
    }

    private static Connection connect(MariaDbServer server, String database, String user, String password)
            throws SQLException {
        return DriverManager.getConnection("jdbc:mysql://127.0.0.1:" + server.port() + "/" + database, user, password);
    }

    private static void run(Connection connection, String statements) throws SQLException {
        try (var statement = connection.createStatement()) {
            for (var sql : statements(statements)) {
                statement.execute(sql);
            }
        }
    }

    private static List<String> statements(String text) {
        return Arrays.stream(text.split(";\\s*\n"))
                .map(String::strip)
                .filter(sql -> !sql.isEmpty())
                .toList();
    }

    private static List<String> rows(Connection connection, String query) throws SQLException {
        try (var statement = connection.createStatement();
                var result = statement.executeQuery(query)) {
            var rows = new ArrayList<String>();
            while (result.next()) {
                var row = new ArrayList<String>();
                for (var column = 1; column <= result.getMetaData().getColumnCount(); column++) {
                    row.add(String.valueOf(result.getString(column)));
                }
                rows.add(String.join("|", row));
            }
            return rows;
        }
    }

    /** As the document has it, but for the names that MariaDB gives its programs. */
    private static void shell(MariaDbServer server, String program, String options, String file) throws Exception {
        var names = program.equals("mariadb")
                ? ""
                : " config_journal config_store config_schema_history config_changes config_orphans";
        var command = "%s --no-defaults -uroot -h127.0.0.1 -P%d %s %s%s %s"
                .formatted(program, server.port(), options, MariaDbServer.DATABASE, names, file);
        var process = new ProcessBuilder("sh", "-c", command)
                .redirectErrorStream(true)
                .start();
        assertThat(new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
                .isEmpty();
        assertThat(process.waitFor()).isZero();
    }
}
