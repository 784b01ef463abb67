package io.tabot.mysql;

import io.tabot.journal.MySqlUri;
import java.sql.SQLException;
import java.sql.SQLNonTransientException;
import java.time.Duration;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * The table of signals, made and brought up to date by versioned migrations before it is first used. With nothing to do
 * it needs no right to change tables.
 */
final class SignalSchema {
    private static final String MIGRATIONS = "classpath:mysql/migration";
    private static final String HISTORY_TABLE = "signal_schema_history";
    private static final Duration LOOK = Duration.ofSeconds(5);

    /** A migration may rewrite a table. */
    private static final Duration MIGRATION = Duration.ofMinutes(10);

    private final MySqlUri uri;
    private boolean isPrepared;

    SignalSchema(MySqlUri uri) {
        this.uri = uri;
    }

    synchronized void prepare() throws SQLException {
        if (isPrepared) {
            return;
        }
        try {
            if (flyway(LOOK).info().pending().length > 0) {
                var _ = flyway(MIGRATION).migrate();
            }
            isPrepared = true;
        } catch (FlywayException e) {
            throw new SQLNonTransientException("its tables can't be brought up to date: " + SqlErrors.reason(e), e);
        }
    }

    /** The tables are gone, or were never made: look again before the next use. */
    synchronized void forget() {
        isPrepared = false;
    }

    /** The database may hold the tables of others, those of the journal among them. */
    private Flyway flyway(Duration answer) {
        return Flyway.configure(SignalSchema.class.getClassLoader())
                .dataSource(uri.jdbcUrl(answer), uri.user(), uri.password())
                .locations(MIGRATIONS)
                .table(HISTORY_TABLE)
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load();
    }
}
