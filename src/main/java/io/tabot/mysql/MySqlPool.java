package io.tabot.mysql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.tabot.journal.MySqlUri;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The few connections that the tables of candles and signals share, apart from those of the journal. None is opened
 * before it is needed. Each use blocks, for seconds at most: a server that is away or hangs is a failure.
 */
public final class MySqlPool implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MySqlPool.class);
    private static final int CONNECTIONS = 4;

    /** Long enough to read some thousand rows, and shorter than anybody waits who asks for them. */
    private static final Duration ANSWER = Duration.ofSeconds(5);

    private static final Duration CONNECT = Duration.ofMillis(2500);
    private static final Duration CHECK = Duration.ofSeconds(1);
    private static final Duration IDLE = Duration.ofMinutes(5);
    private static final Duration LIFETIME = Duration.ofMinutes(10);

    private final MySqlUri uri;
    private final HikariDataSource connections;
    private @Nullable String failure;

    public MySqlPool(MySqlUri uri) {
        this.uri = uri;
        this.connections = new HikariDataSource(settings(uri));
    }

    /** Why the last use failed, for as long as none has worked since; without the password. */
    public synchronized Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public void close() {
        connections.close();
    }

    /** Something to do with a connection. */
    @FunctionalInterface
    interface Use<T> {
        T on(Connection connection) throws SQLException;
    }

    <T> T use(Use<T> use) throws SQLException {
        try (var connection = connections.getConnection()) {
            var result = use.on(connection);
            works();
            return result;
        } catch (SQLException e) {
            failed(e);
            throw e;
        }
    }

    MySqlUri uri() {
        return uri;
    }

    private synchronized void works() {
        if (failure != null) {
            LOG.info("{} answers again", uri);
            failure = null;
        }
    }

    private synchronized void failed(SQLException cause) {
        if (failure == null) {
            LOG.warn("the tables of {} can't be used: {}; trying again", uri, SqlErrors.reason(cause));
        }
        failure = SqlErrors.reason(cause);
    }

    private static HikariConfig settings(MySqlUri uri) {
        var settings = new HikariConfig();
        settings.setPoolName("tables");
        settings.setJdbcUrl(uri.jdbcUrl(ANSWER));
        settings.setUsername(uri.user());
        settings.setPassword(uri.password());
        settings.setMaximumPoolSize(CONNECTIONS);
        settings.setMinimumIdle(0);
        // The service starts without its database, too.
        settings.setInitializationFailTimeout(-1);
        settings.setConnectionTimeout(CONNECT.toMillis());
        settings.setValidationTimeout(CHECK.toMillis());
        settings.setIdleTimeout(IDLE.toMillis());
        settings.setMaxLifetime(LIFETIME.toMillis());
        return settings;
    }
}
