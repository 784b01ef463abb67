package io.tabot.mysql;

import io.tabot.signal.RecentSignals.Filter;
import io.tabot.signal.SentSignal;
import io.tabot.signal.SignalArchive;
import io.tabot.signal.SignalCounts;
import io.tabot.signal.SignalGrouping;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signals in the table {@code ta_bot_signals}, and on request in the {@code signals} of the Python bot as well. The
 * intent id is the primary key, so a signal that comes again changes nothing in either.
 */
public final class SignalTable implements SignalArchive {
    public static final String NAME = "mysql";

    private static final Logger LOG = LoggerFactory.getLogger(SignalTable.class);
    private static final Executor BLOCKING =
            task -> Thread.ofVirtual().name("signal-table").start(task);

    private final MySqlPool pool;
    private final boolean isLegacyKept;
    private final SignalSchema schema;

    /** @param isLegacyKept whether the table of the Python bot, which must exist then, gets a row of each signal too */
    public SignalTable(MySqlPool pool, boolean isLegacyKept) {
        this.pool = pool;
        this.isLegacyKept = isLegacyKept;
        this.schema = new SignalSchema(pool.uri());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<SentSignal> keep(List<SentSignal> signals) {
        try {
            return prepared(connection -> keep(connection, signals));
        } catch (SQLException e) {
            throw unavailable("signals can't be written", e);
        }
    }

    @Override
    public CompletionStage<Page> find(String environment, Filter filter, @Nullable Place before, int limit) {
        var query = new SignalQuery(environment, filter);
        return read(connection -> query.page(connection, before, limit));
    }

    @Override
    public CompletionStage<Optional<Kept>> byId(String environment, String intentId) {
        return read(connection -> byId(connection, environment, intentId));
    }

    @Override
    public CompletionStage<SignalCounts> count(String environment, Filter filter, SignalGrouping grouping) {
        var query = new SignalQuery(environment, filter);
        return read(connection -> query.count(connection, grouping));
    }

    private static Optional<Kept> byId(Connection connection, String environment, String intentId) throws SQLException {
        try (var statement = connection.prepareStatement(
                "SELECT payload FROM ta_bot_signals WHERE intent_id = ? AND environment = ?")) {
            statement.setString(1, intentId);
            statement.setString(2, environment);
            try (var rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(Kept.sent(rows.getString(1))) : Optional.empty();
            }
        }
    }

    private <T> CompletionStage<T> read(MySqlPool.Use<T> use) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return prepared(use);
                    } catch (SQLException e) {
                        throw unavailable("signals can't be read", e);
                    }
                },
                BLOCKING);
    }

    /** On a database that came back empty the table is made again. */
    private <T> T prepared(MySqlPool.Use<T> use) throws SQLException {
        return pool.use(connection -> {
            schema.prepare();
            try {
                return use.on(connection);
            } catch (SQLException e) {
                if (SqlErrors.isMissingTable(e)) {
                    schema.forget();
                }
                throw e;
            }
        });
    }

    /** All of them in one transaction; when a row is refused, each in one of its own. */
    private List<SentSignal> keep(Connection connection, List<SentSignal> signals) throws SQLException {
        try {
            write(connection, signals);
            return List.of();
        } catch (SQLException e) {
            if (!SqlErrors.isOfTheRow(e)) {
                throw e;
            }
        }
        var refused = new ArrayList<SentSignal>();
        for (var signal : signals) {
            try {
                write(connection, List.of(signal));
            } catch (SQLException e) {
                if (!SqlErrors.isOfTheRow(e)) {
                    throw e;
                }
                LOG.error("signal {} can't be kept: {}", signal.intentId(), SqlErrors.reason(e));
                refused.add(signal);
            }
        }
        return refused;
    }

    private void write(Connection connection, List<SentSignal> signals) throws SQLException {
        connection.setAutoCommit(false);
        try (var rows = new SignalRows(connection, isLegacyKept)) {
            for (var signal : signals) {
                rows.write(signal);
            }
            connection.commit();
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private static Unavailable unavailable(String what, SQLException cause) {
        return new Unavailable(what + ": " + SqlErrors.reason(cause), cause);
    }
}
