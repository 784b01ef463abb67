package io.tabot.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tabot.JournalSession;
import io.tabot.Settings;
import io.tabot.config.ConfigEvent;
import io.tabot.config.Term;
import io.tabot.journal.JournalUnavailableException;
import io.tabot.journal.StoredHistory.Original;
import io.tabot.testing.Events;
import io.tabot.testing.StoredJournal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looking at an embedded journal without a service. */
class JournalsCommandTest {
    private static final String EMBEDDED = "embedded";
    private static final Term FIRST = new Term(0, 1);

    @TempDir
    private Path home;

    @Test
    void tellsWhatAJournalHolds() throws IOException {
        store(Events.chain(4));

        var status = run("status", "--json");

        assertThat(status.exitCode()).as(status.err()).isZero();
        var journal = new ObjectMapper().readTree(status.out()).at("/journals/0");
        assertThat(journal.path("revision").asLong()).isEqualTo(4);
        assertThat(journal.path("head_hash").asText())
                .isEqualTo(Events.chain(4).getLast().hash());
        assertThat(journal.path("records").asLong()).isEqualTo(6);
        assertThat(journal.path("orphans")).isEmpty();
        assertThat(journal.at("/newest/changed_by").asText()).isEqualTo("tester");
        assertThat(run("status").out()).contains("embedded  4         0    6        0");
    }

    @Test
    void namesChangesThatWereStoredAndDidNotStay() throws IOException {
        var events = Events.chain(3);
        store(events);
        replace(Events.chainAfter(events.subList(0, 2), "another third", 1).getLast());

        var status = run("status");

        assertThat(status.out())
                .contains("orphan of revision 3")
                .contains(events.getLast().hash());
        assertThat(run("verify").lines()).singleElement().asString().startsWith("embedded: sound: 3 changes, head ");
    }

    @Test
    void findsARecordThatWasRewritten() throws SQLException {
        store(Events.chain(5));
        assertThat(run("verify").exitCode()).isZero();
        rewrite("\"max_positions\":103", "\"max_positions\":999");

        var verify = run("verify");

        assertThat(verify.exitCode()).isEqualTo(1);
        assertThat(verify.out())
                .contains("BROKEN: record 5: revision 4 carries a hash that its content does not have")
                .contains("sound up to there: 3 changes");
    }

    @Test
    void findsAHole() throws SQLException {
        store(Events.chain(5));
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute("delete from \"event_journal\" where \"sequence_number\" = 3");
        }

        assertThat(run("verify").out()).contains("BROKEN: record 4: ");
    }

    @Test
    void addsNothingToAJournalThatMovedSinceItWasRead() {
        try (var session = JournalSession.open(settings(), "production", List.of(EMBEDDED))) {
            session.prepare(EMBEDDED);
            var empty = session.read(EMBEDDED);
            session.append(EMBEDDED, empty, FIRST, originals(Events.chain(2)));

            assertThatThrownBy(() -> session.append(EMBEDDED, empty, FIRST, originals(Events.chain(2))))
                    .isInstanceOf(JournalUnavailableException.class)
                    .hasMessageContaining("nothing was added");
            assertThat(session.read(EMBEDDED).state().position()).isEqualTo(4);
        }
    }

    @Test
    void makesNoJournalWhereThereIsNone() {
        var status = run("status");

        assertThat(status.exitCode()).isEqualTo(1);
        assertThat(status.err()).contains("there is no embedded journal in");
        assertThat(home.resolve("data")).doesNotExist();
    }

    @Test
    void leavesAJournalAloneThatAServiceHolds() {
        store(Events.chain(1));
        try (var _ = JournalSession.open(settings(), "production", List.of(EMBEDDED))) {
            var status = run("status");

            assertThat(status.exitCode()).isEqualTo(1);
            assertThat(status.err()).contains("is in use by another process");
        }
    }

    @Test
    void tellsWhichAddressIsMissing() {
        store(Events.chain(1));

        var copy = run("copy", "--from", "embedded", "--to", "mysql");
        var unknown = run("copy", "--from", "embedded", "--to", "oracle");

        assertThat(copy.exitCode()).isEqualTo(1);
        assertThat(copy.err()).contains("no address of the journal mysql is known: set MYSQL_URI");
        assertThat(unknown.err()).contains("no journal is called oracle");
    }

    private void replace(ConfigEvent event) {
        // What a later incarnation does that never saw the third change.
        try (var session = JournalSession.open(settings(), "production", List.of(EMBEDDED))) {
            session.append(
                    EMBEDDED,
                    session.read(EMBEDDED),
                    new Term(0, 2),
                    Source.single(new Original(new Term(0, 2), event)));
        }
        assertThat(StoredJournal.history(home.resolve("data"), "production")).hasSize(3);
    }

    private void store(List<ConfigEvent> events) {
        try (var session = JournalSession.open(settings(), "production", List.of(EMBEDDED))) {
            session.prepare(EMBEDDED);
            session.append(EMBEDDED, session.read(EMBEDDED), FIRST, originals(events));
        }
        assertThat(StoredJournal.history(home.resolve("data"), "production")).isEqualTo(events);
    }

    private static Source<Original, NotUsed> originals(List<ConfigEvent> events) {
        return Source.from(events).map(event -> new Original(FIRST, event));
    }

    private void rewrite(String from, String to) throws SQLException {
        try (var connection = connect();
                var query = connection.prepareStatement(
                        "select \"sequence_number\", \"event_payload\" from \"event_journal\"");
                var update = connection.prepareStatement(
                        "update \"event_journal\" set \"event_payload\" = ? where \"sequence_number\" = ?");
                var rows = query.executeQuery()) {
            while (rows.next()) {
                var text = new String(rows.getBytes(2), StandardCharsets.UTF_8);
                // Of the event that made it so, not of the one that found it so.
                var after = text.lastIndexOf(from);
                if (after >= 0
                        && text.indexOf("\"before\"") < text.lastIndexOf("\"after\"")
                        && after > text.lastIndexOf("\"after\"")) {
                    update.setBytes(1, text.replace(from, to).getBytes(StandardCharsets.UTF_8));
                    update.setLong(2, rows.getLong(1));
                    update.execute();
                }
            }
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:h2:file:" + home.resolve("data").resolve("journal").toAbsolutePath(), "sa", "");
    }

    private Settings settings() {
        return Settings.load(environment(), new Properties(), null);
    }

    private Cli run(Object... arguments) {
        var all = new ArrayList<Object>(List.of("journals"));
        all.addAll(List.of(arguments));
        return Cli.run(environment(), all.toArray());
    }

    private Map<String, String> environment() {
        return Map.of("TABOT_DATA_DIR", home.resolve("data").toString());
    }
}
