package io.tabot.journal;

import io.tabot.config.ConfigEvent;
import io.tabot.config.VoterRecord;
import io.tabot.testing.MariaDbServer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The contract with a real MariaDB. */
class MySqlJournalIT extends ServerJournalContract {
    private final MariaDbServer server;

    MySqlJournalIT() {
        var server = MariaDbServer.running();
        var uri = MySqlUri.parse(server.uri());
        super(server, MySqlJournal.plugin(uri), MySqlJournal.config(uri));
        this.server = server;
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
