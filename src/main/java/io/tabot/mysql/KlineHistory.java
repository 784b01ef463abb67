package io.tabot.mysql;

import io.micrometer.core.instrument.MeterRegistry;
import io.tabot.market.Candle;
import io.tabot.market.CandleHistory;
import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closed candles out of the tables that the extractor fills, {@code klines_m15} and so on. Reads only. Of several rows
 * about one bar the one extracted last counts; rows that are no closed bar are passed over, see {@link KlineRows}. A
 * table that does not exist holds no candles.
 */
public final class KlineHistory implements CandleHistory {
    private static final Logger LOG = LoggerFactory.getLogger(KlineHistory.class);
    private static final Executor BLOCKING =
            task -> Thread.ofVirtual().name("kline-history").start(task);

    /** Fewer than there are connections, so that signals find one while windows are filled. */
    private static final int READS_AT_ONCE = 3;

    private static final int FIRST_EXCESS = 2;
    private static final int DEEPER = 4;
    private static final int ROWS_MAX = 50_000;

    /** Seconds and milliseconds are taken apart by the server, so no time zone of session or driver has a say. */
    private static final String QUERY = """
            SELECT TIMESTAMPDIFF(MICROSECOND, '1970-01-01', open_time) DIV 1000,
                   TIMESTAMPDIFF(MICROSECOND, '1970-01-01', close_time) DIV 1000,
                   TIMESTAMPDIFF(MICROSECOND, '1970-01-01', extracted_at) DIV 1000,
                   `interval`, open_price, high_price, low_price, close_price, volume
            FROM klines
            WHERE symbol = ? AND `timestamp` < ?
            ORDER BY `timestamp` DESC
            LIMIT ?""";

    private record Question(Symbol symbol, Timeframe timeframe, long openTime, int count) {}

    private final MySqlPool pool;
    private final Clock clock;
    private final KlineMeters meters;
    private final Semaphore reads = new Semaphore(READS_AT_ONCE);
    private final Set<Timeframe> missingTables = EnumSet.noneOf(Timeframe.class);

    public KlineHistory(MySqlPool pool, MeterRegistry meters, Clock clock) {
        this.pool = pool;
        this.clock = clock;
        this.meters = new KlineMeters(meters);
    }

    @Override
    public CompletionStage<List<Candle>> before(Symbol symbol, Timeframe timeframe, long openTime, int count) {
        // What opens later has not closed; and a DATETIME ends with the year 9999.
        var question = new Question(symbol, timeframe, Math.min(openTime, clock.millis() + 1), count);
        return CompletableFuture.supplyAsync(() -> read(question), BLOCKING);
    }

    private List<Candle> read(Question question) {
        reads.acquireUninterruptibly();
        try {
            return pool.use(connection -> read(connection, question));
        } catch (SQLException e) {
            throw new CompletionException(new IllegalStateException(
                    KlineTable.of(question.timeframe()) + " can't be read: " + SqlErrors.reason(e), e));
        } finally {
            reads.release();
        }
    }

    /** Reads further and further back until enough of the rows are usable bars, or there are no more. */
    private List<Candle> read(Connection connection, Question question) throws SQLException {
        for (var limit = question.count() * FIRST_EXCESS; ; limit *= DEEPER) {
            var rows = rows(connection, question, limit);
            var isAll = rows.count() < limit || limit > ROWS_MAX;
            if (isAll || rows.bars() >= question.count()) {
                meters.skipped(rows);
                return rows.newest(question.count());
            }
        }
    }

    private KlineRows rows(Connection connection, Question question, int limit) throws SQLException {
        var rows = new KlineRows(question.timeframe(), question.openTime(), clock.millis());
        try (var statement =
                connection.prepareStatement(QUERY.replace("klines", KlineTable.of(question.timeframe())))) {
            statement.setString(1, question.symbol().name());
            statement.setString(2, SqlTimes.text(Instant.ofEpochMilli(question.openTime())));
            statement.setInt(3, limit);
            try (var result = statement.executeQuery()) {
                while (result.next()) {
                    rows.add(result);
                }
            }
        } catch (SQLException e) {
            if (!SqlErrors.isMissingTable(e)) {
                throw e;
            }
            noteMissing(question.timeframe());
        }
        return rows;
    }

    private void noteMissing(Timeframe timeframe) {
        synchronized (missingTables) {
            if (missingTables.add(timeframe)) {
                LOG.warn("{} has no table {}: no history of {}", pool.uri(), KlineTable.of(timeframe), timeframe);
            }
        }
    }
}
