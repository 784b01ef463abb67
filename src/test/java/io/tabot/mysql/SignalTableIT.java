package io.tabot.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tabot.journal.MySqlUri;
import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import io.tabot.signal.RecentSignals.Filter;
import io.tabot.signal.SentSignal;
import io.tabot.signal.SignalArchive;
import io.tabot.signal.SignalBounds;
import io.tabot.signal.SignalCounts.Group;
import io.tabot.signal.SignalGrouping;
import io.tabot.signal.SignalGrouping.Field;
import io.tabot.signal.SignalStore;
import io.tabot.signal.SignalStore.Place;
import io.tabot.strategy.Decision.Action;
import io.tabot.testing.MariaDbServer;
import io.tabot.testing.SentSignals;
import java.sql.SQLException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Signals are in a real table once each, and are found there. */
class SignalTableIT {
    private static final String LEGACY = """
            CREATE TABLE IF NOT EXISTS signals (id INT AUTO_INCREMENT PRIMARY KEY, symbol VARCHAR(20),
                timeframe VARCHAR(10) DEFAULT '15m', period VARCHAR(10), signal_type VARCHAR(20), confidence FLOAT,
                strategy VARCHAR(100), metadata TEXT, `timestamp` DATETIME, created_at DATETIME)""";

    private static MariaDbServer server;

    private MySqlPool pool;
    private SignalTable table;

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
        execute("DROP TABLE IF EXISTS ta_bot_signals, signal_schema_history, signals");
        pool = new MySqlPool(MySqlUri.parse(server.uri()));
        table = new SignalTable(pool, false);
    }

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void keepsASignalOnceHoweverOftenItComes() throws SQLException {
        var signals = hours(0, 5);

        assertThat(table.keep(signals)).isEmpty();
        assertThat(table.keep(signals)).isEmpty();
        table.keep(hours(3, 8));

        assertThat(all(Filter.ANY, 100)).containsExactlyElementsOf(newestFirst(hours(0, 8)));
        assertThat(count("ta_bot_signals")).isEqualTo(8);
        assertThat(text("SELECT CONCAT_WS(' ', strategy, symbol, timeframe, open_time, action, price, stop_loss,"
                        + " config_revision, window_hash, sent_at) FROM ta_bot_signals ORDER BY number LIMIT 1"))
                .isEqualTo("momentum_pulse BTCUSDT 1h 2026-05-04 10:00:00.000 buy 50001 49000 7 ab"
                        + " 2026-05-04 11:00:01.000");
    }

    @Test
    void pagesThroughAllOfThemNewestFirst() {
        var signals = new ArrayList<SentSignal>();
        for (int hour = 0; hour < 10; hour++) {
            // Of one hour: sent at the same time.
            signals.add(SentSignals.of("momentum_pulse", "BTCUSDT", hour));
            signals.add(SentSignals.of("golden_trend_sync", "BTCUSDT", hour));
            signals.add(SentSignals.of("golden_trend_sync", "ETHUSDT", hour));
        }
        table.keep(signals);

        for (var limit : List.of(1, 4, 7, 30)) {
            assertThat(all(Filter.ANY, limit)).containsExactlyElementsOf(newestFirst(signals));
        }
    }

    @Test
    void findsBySeriesStrategyActionAndTime() {
        table.keep(hours(0, 10));
        table.keep(List.of(SentSignals.of("golden_trend_sync", "ETHUSDT", 4)));
        var since = SentSignals.of("momentum_pulse", "BTCUSDT", 3).sentAt();
        var until = SentSignals.of("momentum_pulse", "BTCUSDT", 6).sentAt();

        assertThat(all(new Filter(null, null, null, null, since, until), 2)).hasSize(4);
        assertThat(all(new Filter(new Symbol("BTCUSDT"), null, null, null, since, until), 2))
                .containsExactlyElementsOf(newestFirst(hours(3, 6)));
        assertThat(all(new Filter(null, "golden_trend_sync", Timeframe.ONE_HOUR, Action.BUY), 2))
                .hasSize(1);
        assertThat(all(new Filter(null, null, Timeframe.ONE_MINUTE, null), 2)).isEmpty();
        assertThat(table.find("staging", Filter.ANY, null, 5)
                        .toCompletableFuture()
                        .join()
                        .json())
                .isEmpty();
    }

    @Test
    void findsByCandleConfidenceRevisionAndId() {
        table.keep(hours(0, 10));
        var third = SentSignals.of("momentum_pulse", "BTCUSDT", 3);
        var sixth = SentSignals.of("momentum_pulse", "BTCUSDT", 6);

        var opened = new SignalBounds(third.openTime(), sixth.openTime(), 0.7, 0.7, 7L, 7L, true);
        assertThat(all(Filter.ANY.with(opened), 2)).containsExactlyElementsOf(newestFirst(hours(3, 6)));
        for (var none : List.of(
                new SignalBounds(null, null, 0.71, null, null, null, null),
                new SignalBounds(null, null, null, 0.69, null, null, null),
                new SignalBounds(null, null, null, null, 8L, null, null),
                new SignalBounds(null, null, null, null, null, 6L, null),
                new SignalBounds(null, null, null, null, null, null, false))) {
            assertThat(all(Filter.ANY.with(none), 2)).isEmpty();
        }
        assertThat(byId(SentSignals.ENVIRONMENT, third.intentId())).contains(SignalStore.Kept.sent(third.json()));
        assertThat(byId("staging", third.intentId())).isEmpty();
        assertThat(byId(SentSignals.ENVIRONMENT, "0".repeat(32))).isEmpty();
    }

    @Test
    void countsByFieldsAndHours() {
        table.keep(hours(0, 48));
        table.keep(List.of(SentSignals.of("golden_trend_sync", "ETHUSDT", 4)));

        assertThat(count(Set.of(), null)).containsOnly(Map.entry(new Group(null, List.of()), 49L));
        assertThat(count(EnumSet.of(Field.STRATEGY, Field.REVISION), null))
                .containsOnly(
                        Map.entry(new Group(null, List.of("momentum_pulse", "7")), 48L),
                        Map.entry(new Group(null, List.of("golden_trend_sync", "7")), 1L));
        var first = SentSignals.FIRST.truncatedTo(ChronoUnit.DAYS).toEpochMilli();
        assertThat(count(EnumSet.of(Field.SYMBOL), Duration.ofDays(1)))
                .containsEntry(new Group(first, List.of("BTCUSDT")), 14L)
                .containsEntry(new Group(first, List.of("ETHUSDT")), 1L)
                .containsEntry(new Group(first + Duration.ofDays(1).toMillis(), List.of("BTCUSDT")), 24L);
        assertThat(count(EnumSet.allOf(Field.class), Duration.ofHours(1))).hasSize(49);
    }

    private Map<Group, Long> count(Set<Field> fields, @Nullable Duration bucket) {
        var counted = table.count(SentSignals.ENVIRONMENT, Filter.ANY, new SignalGrouping(fields, bucket))
                .toCompletableFuture()
                .join();
        assertThat(counted.isWhole()).isTrue();
        return counted.counts();
    }

    private Optional<SignalStore.Kept> byId(String environment, String intentId) {
        return table.byId(environment, intentId).toCompletableFuture().join();
    }

    @Test
    void tellsWhichSignalCanNeverBeKeptAndKeepsTheOthers() throws SQLException {
        var broken = SentSignals.of("s".repeat(200), "BTCUSDT", 1);
        var signals = new ArrayList<>(hours(0, 3));
        signals.add(1, broken);

        assertThat(table.keep(signals)).containsExactly(broken);
        assertThat(count("ta_bot_signals")).isEqualTo(3);
    }

    @Test
    void writesARowOfThePythonBotForEachNewSignal() throws SQLException {
        execute(LEGACY);
        var both = new SignalTable(pool, true);

        both.keep(hours(0, 3));
        both.keep(hours(1, 4));

        assertThat(count("signals")).isEqualTo(4);
        assertThat(text("SELECT CONCAT_WS(' ', symbol, timeframe, period, signal_type, strategy, `timestamp`,"
                        + " JSON_VALUE(metadata, '$.config_revision')) FROM signals ORDER BY id LIMIT 1"))
                .isEqualTo("BTCUSDT 1h 1h buy momentum_pulse 2026-05-04 11:00:01 7");
    }

    @Test
    void keepsNothingWhereHalfOfItCanNotBeWritten() throws SQLException {
        var both = new SignalTable(pool, true);

        assertThatThrownBy(() -> both.keep(hours(0, 3))).isInstanceOf(SignalArchive.Unavailable.class);

        assertThat(count("ta_bot_signals")).isZero();
        execute(LEGACY);
        both.keep(hours(0, 3));
        assertThat(count("ta_bot_signals")).isEqualTo(3);
        assertThat(count("signals")).isEqualTo(3);
    }

    @Test
    void needsNoMoreRightsThanTheDocumentsSay() throws SQLException {
        asRoot("CREATE OR REPLACE USER few@'127.0.0.1' IDENTIFIED BY 'x'");
        asRoot("GRANT SELECT, INSERT, CREATE ON tabot.* TO few@'127.0.0.1'");
        var uri = MySqlUri.parse("mysql://few:x@127.0.0.1:" + server.port() + "/" + MariaDbServer.DATABASE);
        try (var few = new MySqlPool(uri)) {
            new SignalTable(few, false).keep(hours(0, 3));
        }
        asRoot("REVOKE CREATE ON tabot.* FROM few@'127.0.0.1'");
        try (var fewer = new MySqlPool(uri)) {
            new SignalTable(fewer, false).keep(hours(0, 5));
        }

        assertThat(count("ta_bot_signals")).isEqualTo(5);
    }

    @Test
    void saysThatItIsAwayAndGoesOnAfterwardsEvenWithoutItsData() throws SQLException {
        table.keep(hours(0, 2));
        server.pause();
        assertAway();
        server.resume();
        table.keep(hours(0, 4));
        assertThat(count("ta_bot_signals")).isEqualTo(4);

        server.kill();
        assertAway();
        server.empty();
        server.start();
        assertThatThrownBy(() -> table.keep(hours(0, 1))).isInstanceOf(SignalArchive.Unavailable.class);
        table.keep(hours(0, 5));
        assertThat(count("ta_bot_signals")).isEqualTo(5);
    }

    private void assertAway() {
        var begun = System.nanoTime();
        assertThatThrownBy(() -> table.keep(hours(0, 4))).isInstanceOf(SignalArchive.Unavailable.class);
        assertThatThrownBy(() -> all(Filter.ANY, 1)).hasCauseInstanceOf(SignalArchive.Unavailable.class);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(18));
    }

    /** Of one strategy and symbol, on so many hours. */
    private static List<SentSignal> hours(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(hour -> SentSignals.of("momentum_pulse", "BTCUSDT", hour))
                .toList();
    }

    private static List<String> newestFirst(List<SentSignal> signals) {
        return signals.reversed().stream().map(SentSignal::json).toList();
    }

    private List<String> all(Filter filter, int limit) {
        var found = new ArrayList<String>();
        @Nullable Place next = null;
        do {
            var page = table.find(SentSignals.ENVIRONMENT, filter, next, limit)
                    .toCompletableFuture()
                    .join();
            assertThat(page.json().size()).isLessThanOrEqualTo(limit);
            found.addAll(page.json());
            next = page.next();
        } while (next != null);
        return found;
    }

    private static int count(String table) throws SQLException {
        return Integer.parseInt(text("SELECT COUNT(*) FROM " + table));
    }

    private static String text(String sql) throws SQLException {
        try (var connection = server.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static void asRoot(String sql) throws SQLException {
        try (var connection = server.connect("root", "");
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void execute(String sql) throws SQLException {
        try (var connection = server.connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
