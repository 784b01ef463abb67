package io.tabot.journal;

import io.tabot.config.ConfigEvent;
import io.tabot.config.VoterRecord;
import io.tabot.testing.DatabaseServer;
import io.tabot.testing.MariaDbServer;
import io.tabot.testing.TestCluster;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract with a real MariaDB. */
class MySqlJournalIT extends ServerJournalContract {
    private static MariaDbServer server;
    private static MySqlUri uri;
    private static ActorTestKit actors;

    @BeforeAll
    static void start() {
        server = MariaDbServer.running();
        uri = MySqlUri.parse(server.uri());
        actors = TestCluster.withJournal(MySqlJournal.config(uri));
    }

    @AfterAll
    static void stop() {
        actors.shutdownTestKit();
        server.close();
    }

    @Override
    ActorTestKit actors() {
        return actors;
    }

    @Override
    JournalPlugin plugin() {
        return MySqlJournal.plugin(uri);
    }

    @Override
    DatabaseServer server() {
        return server;
    }

    @Override
    List<ConfigEvent> stored(String environment, long revision) {
        var query = "select event_payload from config_journal where persistence_id = ? and revision = ?";
        try (var connection = server.connect();
                var statement = connection.prepareStatement(query)) {
            statement.setString(1, "config|" + environment + "|mysql");
            statement.setLong(2, revision);
            var events = new ArrayList<ConfigEvent>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    events.add(((VoterRecord.Event)
                                    VoterRecordJson.read(rows.getString(1)).record())
                            .event());
                }
            }
            return events;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
