package io.tabot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tabot.TableSettings.History;
import io.tabot.market.Candle;
import io.tabot.market.CandleHistory;
import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableSettingsTest {
    private static final Map<String, String> ADDRESSES = Map.of(
            "NATS_URL", "nats://localhost:4222",
            "TABOT_JOURNALS", "embedded",
            "MYSQL_URI", "mysql://me:secret@db/petrosa");

    private static final CandleHistory EMPTY = CandleHistory.NONE;
    private static final CandleHistory STREAM = of(1);
    private static final CandleHistory KLINES = of(2);

    @Test
    void usesNoTableUnlessToldTo() {
        var tables = load(ADDRESSES, Map.of()).tables();

        assertThat(tables.mysql()).isEmpty();
        assertThat(tables.history()).isEqualTo(History.AUTO);
        assertThat(tables.keepsSignals()).isFalse();
        assertThat(Tables.of(tables, new SimpleMeterRegistry(), Clock.systemUTC()))
                .isSameAs(Tables.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "TABOT_CANDLES_HISTORY, mysql",
        "TABOT_NATS_KLINE_SUBJECTS, binance.>",
        "TABOT_NATS_EXTRACTION_SUBJECTS, binance.extraction.>",
        "TABOT_SIGNALS_TABLE, true"
    })
    void usesTheAddressWhereItIsNeeded(String variable, String value) {
        var settings = load(ADDRESSES, Map.of(variable, value));

        assertThat(settings.tables().mysql()).map(Object::toString).contains("mysql://db:3306/petrosa");
        assertThat(settings.journals().names()).containsExactly("embedded");
    }

    @Test
    void usesNoTableInTheDemo() {
        var settings = Map.of("MYSQL_URI", "mysql://me@db/petrosa", "TABOT_JOURNALS", "embedded");

        assertThat(load(settings, Map.of("TABOT_SIGNALS_TABLE", "true")).tables())
                .isEqualTo(TableSettings.NONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "TABOT_NATS_EXTRACTION_SUBJECTS | a.> | MYSQL_URI | '' | an address, since notices carry no candles",
                "TABOT_CANDLES_HISTORY | mysql | MYSQL_URI | '' | an address, since candles are read from it",
                "TABOT_SIGNALS_TABLE | true | MYSQL_URI | '' | an address, since signals are written to it",
                "TABOT_SIGNALS_TABLE | true | TABOT_NATS_MODE | core | false, unless nats.mode is jetstream",
                "TABOT_SIGNALS_LEGACY_TABLE | true | TABOT_SIGNALS_TABLE | false | false, unless signals.table is true",
                "TABOT_NATS_EXTRACTION_SUBJECTS | 'b.>,b.c.>' | TABOT_NATS_MODE | core | has all notices of"
            })
    void refusesWhatCanNotWork(String variable, String value, String other, String otherValue, String message) {
        var changes = Map.of(variable, value, other, otherValue);

        assertThatThrownBy(() -> load(ADDRESSES, changes))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(message)
                .message()
                .doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "auto | candles.*.* | '' | 1 | 0",
                "auto | candles.*.* | a.> | 1 | 2",
                "auto | '' | a.> | 2 | 2",
                "stream | candles.*.* | a.> | 1 | 0",
                "mysql | candles.*.* | '' | 2 | 2"
            })
    void fillsWindowsFromWhereTheCandlesOfASeriesComeFrom(
            String history, String own, String notices, int withStream, int withEmptyStream) {
        var settings = load(
                ADDRESSES,
                Map.of(
                        "TABOT_CANDLES_HISTORY", history,
                        "TABOT_NATS_CANDLE_SUBJECTS", own,
                        "TABOT_NATS_EXTRACTION_SUBJECTS", notices,
                        "TABOT_NATS_KLINE_SUBJECTS", own.isEmpty() ? "k" : ""));
        var candles = settings.nats().orElseThrow().candles();
        var tables = new Tables(Optional.of(KLINES), Optional.empty(), Optional.empty(), () -> {});

        assertThat(volume(tables.history(settings.tables(), candles, STREAM))).isEqualTo(withStream);
        assertThat(volume(tables.history(settings.tables(), candles, EMPTY))).isEqualTo(withEmptyStream);
    }

    /** Has one candle, of this volume. */
    private static CandleHistory of(int volume) {
        return (symbol, timeframe, openTime, count) ->
                CompletableFuture.completedStage(List.of(new Candle(0, 1, 1, 1, 1, volume)));
    }

    private static double volume(CandleHistory history) {
        return history.before(new Symbol("BTCUSDT"), Timeframe.ONE_HOUR, 1, 1).toCompletableFuture().join().stream()
                .mapToDouble(Candle::volume)
                .sum();
    }

    private static Settings load(Map<String, String> environment, Map<String, String> changes) {
        var all = new HashMap<>(environment);
        all.putAll(changes);
        return Settings.load(all, new Properties(), null);
    }
}
