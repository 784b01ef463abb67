package io.tabot.mysql;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What the failures of MySQL and MariaDB mean to us. */
final class SqlErrors {
    private static final int NO_SUCH_TABLE = 1146;
    private static final int DUPLICATE_KEY = 1062;

    /** Classes of SQLSTATE that judge a value, whatever the state of the server: data and constraints. */
    private static final String DATA = "22";

    private static final String CONSTRAINT = "23";

    private SqlErrors() {}

    static boolean isMissingTable(SQLException failure) {
        return failure.getErrorCode() == NO_SUCH_TABLE;
    }

    static boolean isDuplicate(SQLException failure) {
        return failure.getErrorCode() == DUPLICATE_KEY;
    }

    /** Whether the same row would be refused again. */
    static boolean isOfTheRow(SQLException failure) {
        var state = failure.getSQLState();
        return state != null && (state.startsWith(DATA) || state.startsWith(CONSTRAINT));
    }

    /** One line. */
    static String reason(@Nullable Throwable failure) {
        var message = failure == null || failure.getMessage() == null ? String.valueOf(failure) : failure.getMessage();
        return String.valueOf(message).strip().replaceAll("\\s+", " ");
    }
}
