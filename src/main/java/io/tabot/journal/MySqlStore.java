package io.tabot.journal;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks at a journal in MySQL over one connection of its own, made again when it was lost. */
final class MySqlStore implements OpenStore {
    /** No such table, no such database. */
    private static final Set<Integer> MISSING = Set.of(1146, 1049);

    private static final String STANDING = """
            SELECT (SELECT identity FROM config_store WHERE persistence_id = ?),
                   (SELECT MAX(sequence_number) FROM config_journal WHERE persistence_id = ?)""";

    private final MySqlUri uri;
    private final String persistenceId;
    private @Nullable Connection connection;

    private MySqlStore(MySqlUri uri, String persistenceId) {
        this.uri = uri;
        this.persistenceId = persistenceId;
    }

    /** Gives the journal its identity if it has none; the tables must be there. */
    static MySqlStore open(MySqlUri uri, String persistenceId) throws SQLException {
        var store = new MySqlStore(uri, persistenceId);
        try {
            if (store.read().identity().isEmpty()) {
                store.giveIdentity();
            }
            return store;
        } catch (SQLException e) {
            store.close();
            throw e;
        }
    }

    @Override
    public synchronized Standing standing() {
        try {
            return read();
        } catch (SQLException e) {
            if (MISSING.contains(e.getErrorCode())) {
                return new Standing(Optional.empty(), 0);
            }
            close();
            throw new JournalUnavailableException(MySqlJournal.reason(e));
        }
    }

    @Override
    public synchronized void close() {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException e) {
                // It is gone, one way or the other.
            }
            connection = null;
        }
    }

    private Standing read() throws SQLException {
        try (var statement = statement(STANDING)) {
            statement.setString(1, persistenceId);
            statement.setString(2, persistenceId);
            try (var rows = statement.executeQuery()) {
                rows.next();
                return new Standing(Optional.ofNullable(rows.getString(1)), rows.getLong(2));
            }
        }
    }

    /** Whoever is first of two gives it. */
    private void giveIdentity() throws SQLException {
        try (var statement =
                statement("INSERT IGNORE INTO config_store (persistence_id, identity) VALUES (?, UUID())")) {
            statement.setString(1, persistenceId);
            statement.executeUpdate();
        }
    }

    private PreparedStatement statement(String sql) throws SQLException {
        if (connection == null) {
            connection = DriverManager.getConnection(uri.jdbcUrl(), uri.user(), uri.password());
        }
        return connection.prepareStatement(sql);
    }
}
