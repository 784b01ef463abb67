package io.tabot.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A real MariaDB on a free port of the loopback interface and with a data folder of its own, that can be stopped,
 * killed, frozen, emptied and started again at the same address. It has a database {@code tabot} and a user with all
 * rights to it, whose password must be encoded in a URI.
 */
public final class MariaDbServer extends LocalServer implements DatabaseServer {
    public static final String DATABASE = "tabot";
    public static final String USER = "ta-bot";
    public static final String PASSWORD = "p@ss/w:r%d";

    private static final String ENCODED_PASSWORD = "p%40ss%2Fw%3Ar%25d";

    private final Path data;

    private MariaDbServer(@Nullable Path data) {
        super("mariadbd", ServerProcess.freePort());
        this.data = data == null ? folder.resolve("data") : data;
    }

    public static MariaDbServer running() {
        var server = stopped();
        server.start();
        return server;
    }

    /** One that will run at this address as soon as it is started. */
    public static MariaDbServer stopped() {
        return new MariaDbServer(null);
    }

    /** One whose data lie in this folder, which must not exist. */
    public static MariaDbServer runningIn(Path data) {
        var server = new MariaDbServer(data);
        server.start();
        return server;
    }

    @Override
    public String uri() {
        return "mysql://" + USER + ":" + ENCODED_PASSWORD + "@127.0.0.1:" + port() + "/" + DATABASE;
    }

    /** As the user that the service is, or as root with all rights and no password. */
    public Connection connect(String user, String password) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:mysql://127.0.0.1:" + port() + "/" + DATABASE + "?connectTimeout=3000&socketTimeout=5000",
                user,
                password);
    }

    public Connection connect() throws SQLException {
        return connect(USER, PASSWORD);
    }

    @Override
    public void start() {
        if (!Files.exists(data)) {
            install();
        }
        super.start();
    }

    @Override
    List<String> command() {
        var command = new ArrayList<>(List.of(
                ServerProcess.program("MARIADBD", "mariadbd", "mariadb-server").toString(), "--no-defaults"));
        command.addAll(List.of("--datadir=" + data, "--socket=" + folder.resolve("socket"), "--port=" + port()));
        command.addAll(List.of("--bind-address=127.0.0.1", "--skip-name-resolve", "--performance-schema=off"));
        command.addAll(List.of("--innodb-buffer-pool-size=64M", "--innodb-flush-log-at-trx-commit=1"));
        command.addAll(List.of("--init-file=" + initFile(), "--pid-file=" + folder.resolve("pid")));
        command.addAll(asRoot());
        return command;
    }

    @Override
    public void empty() {
        discard(data);
    }

    private void install() {
        var command = new ArrayList<>(List.of(
                ServerProcess.program("MARIADB_INSTALL_DB", "mariadb-install-db", "mariadb-server")
                        .toString(),
                "--no-defaults",
                "--datadir=" + data,
                // Two installations at once would take each other's temporary tables away.
                "--tmpdir=" + folder,
                "--auth-root-authentication-method=normal",
                "--innodb-log-file-size=8M",
                "--skip-test-db"));
        command.addAll(asRoot());
        ServerProcess.run(command);
    }

    private Path initFile() {
        try {
            return Files.writeString(folder.resolve("init.sql"), """
                    CREATE DATABASE IF NOT EXISTS %1$s;
                    CREATE USER IF NOT EXISTS '%2$s'@'127.0.0.1' IDENTIFIED BY '%3$s';
                    GRANT ALL ON %1$s.* TO '%2$s'@'127.0.0.1';
                    """.formatted(DATABASE, USER, PASSWORD));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    boolean answers() {
        try (var _ = connect()) {
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    /** MariaDB runs as root only when told so. */
    private static List<String> asRoot() {
        return System.getProperty("user.name").equals("root") ? List.of("--user=root") : List.of();
    }
}
