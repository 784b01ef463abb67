package io.tabot.mysql;

import io.tabot.signal.SentSignal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import org.jspecify.annotations.Nullable;

/** Writes signals in the transaction of one connection: a row each, and one in the older table for each new one. */
final class SignalRows implements AutoCloseable {
    private static final String OWN = """
            INSERT INTO ta_bot_signals (intent_id, environment, strategy, symbol, timeframe, open_time, action,
                confidence, price, current_price, stop_loss, take_profit, config_revision, parameters_hash, window_hash,
                sent_at, payload)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";

    private static final String LEGACY = """
            INSERT INTO signals (symbol, timeframe, period, signal_type, confidence, strategy, metadata, `timestamp`,
                created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, UTC_TIMESTAMP())""";

    private final PreparedStatement own;
    private final @Nullable PreparedStatement legacy;

    SignalRows(Connection connection, boolean isLegacyKept) throws SQLException {
        this.own = connection.prepareStatement(OWN);
        this.legacy = isLegacyKept ? connection.prepareStatement(LEGACY) : null;
    }

    void write(SentSignal signal) throws SQLException {
        if (writeOwn(signal) && legacy != null) {
            writeLegacy(legacy, signal);
        }
    }

    @Override
    public void close() throws SQLException {
        own.close();
        if (legacy != null) {
            legacy.close();
        }
    }

    /** False when it is there already. Counts of affected rows can't tell: their meaning is an option of the driver. */
    private boolean writeOwn(SentSignal signal) throws SQLException {
        var values = signal.values();
        own.setString(1, signal.intentId());
        own.setString(2, signal.environment());
        own.setString(3, signal.strategyId());
        own.setString(4, signal.symbol().name());
        own.setString(5, signal.timeframe().id());
        own.setString(6, SqlTimes.text(signal.openTime()));
        own.setString(7, signal.actionId());
        own.setDouble(8, values.confidence());
        own.setDouble(9, values.price());
        own.setDouble(10, values.currentPrice());
        own.setObject(11, values.stopLoss(), Types.DOUBLE);
        own.setObject(12, values.takeProfit(), Types.DOUBLE);
        own.setObject(13, values.configRevision(), Types.BIGINT);
        own.setString(14, values.parametersHash());
        own.setString(15, values.windowHash());
        own.setString(16, SqlTimes.text(signal.sentAt()));
        own.setString(17, signal.json());
        try {
            own.executeUpdate();
            return true;
        } catch (SQLException e) {
            if (SqlErrors.isDuplicate(e)) {
                return false;
            }
            throw e;
        }
    }

    private static void writeLegacy(PreparedStatement legacy, SentSignal signal) throws SQLException {
        legacy.setString(1, signal.symbol().name());
        legacy.setString(2, signal.timeframe().id());
        legacy.setString(3, signal.timeframe().id());
        legacy.setString(4, signal.actionId());
        legacy.setDouble(5, signal.values().confidence());
        legacy.setString(6, signal.strategyId());
        legacy.setString(7, signal.metadata());
        legacy.setString(8, SqlTimes.text(signal.sentAt()));
        legacy.executeUpdate();
    }
}
