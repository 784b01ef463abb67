package io.tabot.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tabot.config.ConfigEvent;
import io.tabot.config.ConfigEventJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What is in the file of an embedded journal, read with nothing of the service but its codec of events. */
public final class StoredJournal {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String RECORDS =
            "select \"event_payload\" from \"event_journal\" where \"persistence_id\" = ? order by \"sequence_number\"";

    private StoredJournal() {}

    /**
     * The history that the records of an environment make, first event first. Reads a copy, so that a service which
     * was killed finds its folder as it left it.
     */
    public static List<ConfigEvent> history(Path data, String environment) {
        var kept = new ArrayList<ConfigEvent>();
        for (var record : records(data, environment)) {
            switch (record.path("kind").asText()) {
                case "event" -> {
                    var event = ConfigEventJson.read(record.path("event").toString());
                    kept.removeIf(older -> older.revision() >= event.revision());
                    kept.add(event);
                }
                case "term-opened" ->
                    kept.removeIf(older ->
                            older.revision() > record.path("base_revision").asLong());
                default -> {}
            }
        }
        return List.copyOf(kept);
    }

    private static List<JsonNode> records(Path data, String environment) {
        try {
            var copy = Files.createTempDirectory(data.getParent(), "journal-");
            Files.copy(data.resolve("journal.mv.db"), copy.resolve("journal.mv.db"));
            return read("jdbc:h2:file:" + copy.resolve("journal").toAbsolutePath(), environment);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException("the journal can't be read", e);
        }
    }

    private static List<JsonNode> read(String url, String environment) throws SQLException, IOException {
        try (var connection = DriverManager.getConnection(url, "sa", "");
                var statement = connection.prepareStatement(RECORDS)) {
            statement.setString(1, "config|" + environment + "|embedded");
            var records = new ArrayList<JsonNode>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    records.add(JSON.readTree(rows.getBytes(1)));
                }
            }
            return records;
        }
    }
}
