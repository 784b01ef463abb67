package io.tabot.journal;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Objects;
import org.apache.pekko.persistence.jdbc.query.javadsl.JdbcReadJournal;

/**
 * The journal that needs no server: an H2 database in a file. Survives the death of the process at any moment, since
 * {@code WRITE_DELAY=0} writes each change out before it is confirmed.
 */
public final class EmbeddedJournal {
    public static final String NAME = "embedded";

    /** The name of its file in the data folder. */
    public static final String FILE = "journal.mv.db";

    private static final String URL_PATH = "pekko-persistence-jdbc.shared-databases.slick.db.url";
    private static final String SCHEMA = "/journal/embedded-schema.sql";

    private EmbeddedJournal() {}

    /** The journal in this folder, which must exist. */
    public static JournalPlugin plugin(Path folder) {
        return new JournalPlugin(
                NAME,
                folder.toString(),
                "jdbc-journal",
                "jdbc-read-journal",
                JdbcReadJournal.class,
                new JsonRecordForm(),
                _ -> {
                    createSchema(folder);
                    return OpenStore.UNWATCHED;
                });
    }

    /** What Pekko persistence has to know to keep its journal in this folder. */
    public static Config config(Path folder) {
        return ConfigFactory.empty()
                .withValue(URL_PATH, ConfigValueFactory.fromAnyRef(url(folder)))
                .withFallback(ConfigFactory.parseResources("journal/embedded.conf"));
    }

    /**
     * Creates the tables where they are missing. The folder must exist.
     *
     * @throws JournalUnavailableException if the database can't be opened
     */
    public static void createSchema(Path folder) {
        try (var connection = DriverManager.getConnection(url(folder), "sa", "");
                var statement = connection.createStatement()) {
            statement.execute(schema());
        } catch (SQLException e) {
            throw new JournalUnavailableException(
                    "the embedded journal in " + folder + " can't be opened: " + e.getMessage());
        }
    }

    private static String url(Path folder) {
        return "jdbc:h2:file:" + folder.resolve("journal").toAbsolutePath() + ";DB_CLOSE_ON_EXIT=FALSE;WRITE_DELAY=0";
    }

    private static String schema() {
        try (var stream = Objects.requireNonNull(EmbeddedJournal.class.getResourceAsStream(SCHEMA), SCHEMA)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
