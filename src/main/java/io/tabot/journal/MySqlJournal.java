package io.tabot.journal;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import org.apache.pekko.persistence.jdbc.query.javadsl.JdbcReadJournal;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * The journal in MySQL or MariaDB: a row for each record. Its primary key is what fences two writers. Tables and views
 * come from versioned migrations, which run before the first record is read.
 */
public final class MySqlJournal {
    public static final String NAME = "mysql";

    private static final String DATABASE = "pekko-persistence-jdbc.shared-databases.mysql.db.";
    private static final String MIGRATIONS = "classpath:journal/mysql";
    private static final String HISTORY_TABLE = "config_schema_history";

    /** A migration may rewrite a table; only a server that answered a moment ago is given so much time. */
    private static final Duration MIGRATION_TIMEOUT = Duration.ofMinutes(10);

    private MySqlJournal() {}

    public static JournalPlugin plugin(MySqlUri uri) {
        return new JournalPlugin(
                NAME,
                uri.toString(),
                "mysql-journal",
                "mysql-read-journal",
                JdbcReadJournal.class,
                new JsonRecordForm(),
                persistenceId -> prepare(uri, persistenceId));
    }

    /** What Pekko persistence has to know to keep its journal there. */
    public static Config config(MySqlUri uri) {
        return ConfigFactory.empty()
                .withValue(DATABASE + "url", ConfigValueFactory.fromAnyRef(uri.jdbcUrl()))
                .withValue(DATABASE + "user", ConfigValueFactory.fromAnyRef(uri.user()))
                .withValue(DATABASE + "password", ConfigValueFactory.fromAnyRef(uri.password()))
                .withFallback(ConfigFactory.parseResources("journal/mysql.conf"));
    }

    private static OpenStore prepare(MySqlUri uri, String persistenceId) {
        try {
            ping(uri);
            if (flyway(uri, uri.jdbcUrl()).info().pending().length > 0) {
                var _ = flyway(uri, uri.jdbcUrl(MIGRATION_TIMEOUT)).migrate();
            }
            return MySqlStore.open(uri, persistenceId);
        } catch (SQLException e) {
            throw new JournalUnavailableException(reason(e));
        } catch (FlywayException e) {
            throw new JournalUnavailableException("its tables can't be brought up to date: " + reason(e));
        }
    }

    private static void ping(MySqlUri uri) throws SQLException {
        DriverManager.getConnection(uri.jdbcUrl(), uri.user(), uri.password()).close();
    }

    /** The database may hold the tables of others, which are none of our business. */
    private static Flyway flyway(MySqlUri uri, String url) {
        return Flyway.configure(MySqlJournal.class.getClassLoader())
                .dataSource(url, uri.user(), uri.password())
                .locations(MIGRATIONS)
                .table(HISTORY_TABLE)
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load();
    }

    static String reason(Exception e) {
        return String.valueOf(e.getMessage()).strip().replaceAll("\\s+", " ");
    }
}
