package io.tabot.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tabot.journal.MySqlUri;
import io.tabot.market.Candle;
import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import io.tabot.testing.KlineTables;
import io.tabot.testing.MariaDbServer;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.TimeZone;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Candles come out of real tables as what they are, whatever else the tables hold. */
class KlineHistoryIT {
    private static final Timeframe TIMEFRAME = Timeframe.FIFTEEN_MINUTES;
    private static final Symbol SYMBOL = new Symbol("BTCUSDT");
    private static final Instant NOW = Instant.parse("2026-05-04T12:20:00Z");
    private static final long BAR = TIMEFRAME.longest().toMillis();

    /** Open time of the newest bar that has closed. */
    private static final long NEWEST = Instant.parse("2026-05-04T12:00:00Z").toEpochMilli();

    private static MariaDbServer server;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private MySqlPool pool;
    private KlineHistory history;
    private KlineTables tables;

    @BeforeAll
    static void startServer() {
        server = MariaDbServer.running();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void open() throws SQLException {
        pool = new MySqlPool(MySqlUri.parse(server.uri()));
        history = new KlineHistory(pool, meters, Clock.fixed(NOW, ZoneOffset.UTC));
        tables = new KlineTables(server);
        tables.execute("DROP TABLE IF EXISTS " + KlineTables.name(TIMEFRAME));
        tables.create(TIMEFRAME);
    }

    @AfterEach
    void close() throws SQLException {
        pool.close();
        tables.close();
    }

    @Test
    void givesTheNewestClosedBarsBeforeATime() throws SQLException {
        for (int i = 0; i < 20; i++) {
            tables.insert("BTCUSDT", TIMEFRAME, bar(i, i));
            tables.insert("ETHUSDT", TIMEFRAME, bar(i, 100 + i));
        }

        assertThat(before(NEWEST - BAR, 5)).containsExactly(bar(2, 2), bar(3, 3), bar(4, 4), bar(5, 5), bar(6, 6));
    }

    @Test
    void passesOverABarThatIsStillOpen() throws SQLException {
        tables.insert("BTCUSDT", TIMEFRAME, bar(0, 1));
        tables.insert("BTCUSDT", TIMEFRAME, bar(-1, 2), NOW.toEpochMilli());

        assertThat(before(Long.MAX_VALUE / 2, 10)).containsExactly(bar(0, 1));
        assertThat(skipped("open")).isEqualTo(1);
    }

    @Test
    void passesOverABarThatWasStoredWhileItWasOpenAndNeverCorrected() throws SQLException {
        tables.insert("BTCUSDT", TIMEFRAME, bar(1, 1), NEWEST - 60_000);
        tables.insert("BTCUSDT", TIMEFRAME, bar(0, 2));

        assertThat(before(NOW.toEpochMilli(), 10)).containsExactly(bar(0, 2));
        assertThat(skipped("unfinished")).isEqualTo(1);
    }

    @Test
    void takesTheBarThatWasExtractedLastOfSeveral() throws SQLException {
        tables.insert("BTCUSDT", TIMEFRAME, bar(3, 1), NEWEST + 10_000);
        tables.insert("BTCUSDT", TIMEFRAME, bar(3, 2), NEWEST + 30_000);
        tables.insert("BTCUSDT", TIMEFRAME, bar(3, 3), NEWEST + 20_000);

        assertThat(before(NOW.toEpochMilli(), 10)).containsExactly(bar(3, 2));
        assertThat(skipped("duplicate")).isEqualTo(2);
    }

    @Test
    void findsEnoughBarsHoweverManyRowsAreAboutTheNewest() throws SQLException {
        for (int i = 0; i < 12; i++) {
            for (int copy = 0; copy < 30 - i; copy++) {
                tables.insert("BTCUSDT", TIMEFRAME, bar(i, copy), NEWEST + BAR + copy * 1_000L);
            }
        }

        assertThat(before(NOW.toEpochMilli(), 12))
                .extracting(Candle::openTime)
                .containsExactlyElementsOf(
                        IntStream.range(0, 12).mapToObj(i -> NEWEST - i * BAR).toList());
    }

    @Test
    void passesOverWhatCanBeNoBarOfTheTimeframe() throws SQLException {
        tables.insert("BTCUSDT", TIMEFRAME, new Candle(NEWEST - BAR / 3, 1, 2, 1, 1, 1), NEWEST + 2 * BAR);
        tables.insert("BTCUSDT", TIMEFRAME, bar(5, 5), NEWEST, "1h");
        tables.insert("BTCUSDT", TIMEFRAME, bar(6, 6), NEWEST, "m15");
        tables.insert("BTCUSDT", TIMEFRAME, bar(7, 7));
        tables.insert("BTCUSDT", TIMEFRAME, bar(8, 8));
        tables.execute("UPDATE klines_m15 SET low_price = 90, high_price = 80 WHERE close_price = 7");
        tables.execute("UPDATE klines_m15 SET volume = -1 WHERE close_price = 8");
        tables.insert("BTCUSDT", TIMEFRAME, bar(9, 9));

        assertThat(before(NOW.toEpochMilli(), 10)).containsExactly(bar(6, 6), bar(9, 9));
        assertThat(skipped("misplaced")).isEqualTo(2);
        assertThat(skipped("invalid")).isEqualTo(2);
    }

    @Test
    void readsTimesAsUtcWhateverTheZonesOfServerAndMachine() throws SQLException {
        var machine = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
        try (var admin = server.connect("root", "");
                var statement = admin.createStatement()) {
            statement.execute("SET GLOBAL time_zone = '+05:30'");
            tables.insert("BTCUSDT", TIMEFRAME, bar(0, 1));
            assertThat(before(NOW.toEpochMilli(), 10)).containsExactly(bar(0, 1));
            assertThat(before(NEWEST, 10)).isEmpty();
            statement.execute("SET GLOBAL time_zone = 'SYSTEM'");
        } finally {
            TimeZone.setDefault(machine);
        }
    }

    @Test
    void aTableThatDoesNotExistHoldsNoCandles() {
        var months = history.before(SYMBOL, Timeframe.THREE_DAYS, NOW.toEpochMilli(), 10);

        assertThat(months.toCompletableFuture().join()).isEmpty();
    }

    @Test
    void everyTimeframeHasTheTableOfTheExtractor() {
        assertThat(List.of(Timeframe.values()))
                .extracting(KlineTable::of)
                .startsWith("klines_m1", "klines_m3", "klines_m5", "klines_m15", "klines_m30", "klines_h1")
                .endsWith("klines_w1", "klines_M1");
    }

    @Test
    void failsWithinSecondsWhileTheServerIsAwayOrFrozenAndReadsOnAfterwards() throws SQLException {
        tables.insert("BTCUSDT", TIMEFRAME, bar(0, 1));
        assertThat(before(NOW.toEpochMilli(), 1)).hasSize(1);

        server.pause();
        assertFailsSoon();
        assertThat(pool.failure()).isPresent();
        server.resume();
        assertThat(before(NOW.toEpochMilli(), 1)).hasSize(1);
        assertThat(pool.failure()).isEmpty();

        server.kill();
        assertFailsSoon();
        server.start();
        assertThat(before(NOW.toEpochMilli(), 1)).hasSize(1);
        tables = new KlineTables(server);
    }

    private void assertFailsSoon() {
        var begun = System.nanoTime();
        assertThatThrownBy(() -> before(NOW.toEpochMilli(), 1)).rootCause().isNotInstanceOf(AssertionError.class);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(9));
    }

    private List<Candle> before(long openTime, int count) {
        return history.before(SYMBOL, TIMEFRAME, openTime, count)
                .toCompletableFuture()
                .join();
    }

    /** The bar so many before the newest that has closed. */
    private static Candle bar(int back, double close) {
        return new Candle(NEWEST - back * BAR, 1, 1_000, 0.5, close, 12.345);
    }

    private double skipped(String reason) {
        return meters.counter("ta_bot_kline_rows_skipped", "reason", reason).count();
    }
}
