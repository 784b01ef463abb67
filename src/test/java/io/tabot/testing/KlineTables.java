package io.tabot.testing;

import io.tabot.market.Candle;
import io.tabot.market.Timeframe;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.UUID;

/** The tables of klines as the extractor makes and fills them. */
public final class KlineTables implements AutoCloseable {
    private static final String CREATE = """
            CREATE TABLE IF NOT EXISTS %1$s (
                id VARCHAR(64) PRIMARY KEY, symbol VARCHAR(20) NOT NULL, `timestamp` DATETIME NOT NULL,
                open_time DATETIME NOT NULL, close_time DATETIME NOT NULL, `interval` VARCHAR(10) NOT NULL,
                open_price NUMERIC(20,8) NOT NULL, high_price NUMERIC(20,8) NOT NULL, low_price NUMERIC(20,8) NOT NULL,
                close_price NUMERIC(20,8) NOT NULL, volume NUMERIC(20,8) NOT NULL,
                quote_asset_volume NUMERIC(20,8) NOT NULL DEFAULT 0, number_of_trades INT NOT NULL DEFAULT 1,
                extracted_at DATETIME NOT NULL, extractor_version VARCHAR(20) NOT NULL DEFAULT '2.0.0',
                source VARCHAR(50) NOT NULL DEFAULT 'binance-futures',
                KEY idx_%1$s_symbol_timestamp (symbol, `timestamp`), KEY idx_%1$s_timestamp (`timestamp`))
            DEFAULT CHARACTER SET utf8mb4""";

    private static final String INSERT = """
            INSERT INTO %s (id, symbol, `timestamp`, open_time, close_time, `interval`, open_price, high_price,
                low_price, close_price, volume, extracted_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";

    private static final long SECOND = 1_000;

    private final Connection connection;

    public KlineTables(MariaDbServer server) throws SQLException {
        connection = server.connect();
    }

    public static String name(Timeframe timeframe) {
        var id = timeframe.id();
        return "klines_" + id.substring(id.length() - 1) + id.substring(0, id.length() - 1);
    }

    public void create(Timeframe timeframe) throws SQLException {
        execute(CREATE.formatted(name(timeframe)));
    }

    /** A bar as the extractor writes it a minute after it closed. */
    public void insert(String symbol, Timeframe timeframe, Candle candle) throws SQLException {
        insert(symbol, timeframe, candle, timeframe.nextOpenTime(candle.openTime()) + 60 * SECOND);
    }

    /** With an id of chance, as a row has that came another way. */
    public void insert(String symbol, Timeframe timeframe, Candle candle, long extractedAt) throws SQLException {
        insert(symbol, timeframe, candle, extractedAt, timeframe.id());
    }

    public void insert(String symbol, Timeframe timeframe, Candle candle, long extractedAt, String interval)
            throws SQLException {
        try (var row = connection.prepareStatement(INSERT.formatted(name(timeframe)))) {
            row.setString(1, UUID.randomUUID().toString());
            row.setString(2, symbol);
            row.setObject(3, utc(candle.openTime()));
            row.setObject(4, utc(candle.openTime()));
            row.setObject(5, utc(timeframe.closeTime(candle.openTime()) / SECOND * SECOND));
            row.setString(6, interval);
            row.setBigDecimal(7, BigDecimal.valueOf(candle.open()));
            row.setBigDecimal(8, BigDecimal.valueOf(candle.high()));
            row.setBigDecimal(9, BigDecimal.valueOf(candle.low()));
            row.setBigDecimal(10, BigDecimal.valueOf(candle.close()));
            row.setBigDecimal(11, BigDecimal.valueOf(candle.volume()));
            row.setObject(12, utc(extractedAt));
            row.executeUpdate();
        }
    }

    public void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private static LocalDateTime utc(long millis) {
        return LocalDateTime.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC);
    }
}
