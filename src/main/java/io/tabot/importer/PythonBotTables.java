package io.tabot.importer;

import io.tabot.journal.JournalUnavailableException;
import io.tabot.journal.MySqlUri;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.BsonInvalidOperationException;
import org.bson.Document;
import org.bson.json.JsonParseException;
import org.jspecify.annotations.Nullable;

/** Reads the Python bot's tables in MySQL, those that there are, and nothing else there; writes nothing. */
public final class PythonBotTables {
    /** Whole tables are read at once. */
    private static final Duration ANSWER = Duration.ofSeconds(30);

    private static final int NO_SUCH_TABLE = 1146;
    /** JSON there, which some servers have as plain text. */
    private static final Set<String> OBJECTS = Set.of("parameters", "metadata", "old_parameters", "new_parameters");

    private PythonBotTables() {}

    /** @throws JournalUnavailableException if the database can't be read */
    public static PythonBotData read(MySqlUri uri) {
        try (var connection = DriverManager.getConnection(uri.jdbcUrl(ANSWER), uri.user(), uri.password())) {
            var rows = new LinkedHashMap<String, List<SourceRow>>();
            for (var table : PythonBotData.TABLES) {
                rows.put(table, rows(connection, table));
            }
            return new PythonBotData(rows);
        } catch (SQLException e) {
            throw new JournalUnavailableException(uri + " can't be read: "
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
    }

    private static List<SourceRow> rows(Connection connection, String table) throws SQLException {
        var rows = new ArrayList<SourceRow>();
        try (var statement = connection.createStatement();
                var found = statement.executeQuery("SELECT * FROM " + table + " ORDER BY id")) {
            while (found.next()) {
                var fields = fields(found);
                rows.add(new SourceRow(table, String.valueOf(fields.remove("id")), fields));
            }
            return rows;
        } catch (SQLException e) {
            if (e.getErrorCode() == NO_SUCH_TABLE) {
                return List.of();
            }
            throw e;
        }
    }

    private static Map<String, @Nullable Object> fields(ResultSet row) throws SQLException {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        var columns = row.getMetaData();
        for (var column = 1; column <= columns.getColumnCount(); column++) {
            var name = columns.getColumnLabel(column);
            fields.put(name, OBJECTS.contains(name) ? object(row.getString(column)) : value(row.getObject(column)));
        }
        return fields;
    }

    /** The object, or the text as it stands where it is none. */
    private static @Nullable Object object(@Nullable String text) {
        try {
            return text == null ? null : PythonBotDatabase.object(Document.parse(text));
        } catch (JsonParseException | BsonInvalidOperationException e) {
            return text;
        }
    }

    /** Times without offset are UTC: nothing in the tables says anything else. */
    private static @Nullable Object value(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case LocalDateTime time -> time.toInstant(ZoneOffset.UTC);
            case java.sql.Timestamp time -> time.toInstant();
            case BigDecimal number -> number.doubleValue();
            case Double number -> number;
            case Boolean flag -> flag;
            case Number number -> number.longValue();
            default -> value.toString();
        };
    }
}
