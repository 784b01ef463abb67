package io.tabot;

import io.micrometer.core.instrument.MeterRegistry;
import io.tabot.market.CandleHistory;
import io.tabot.mysql.KlineHistory;
import io.tabot.mysql.MySqlPool;
import io.tabot.mysql.SignalTable;
import io.tabot.nats.NatsSettings;
import io.tabot.ops.Check;
import io.tabot.signal.SignalArchive;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The tables of MySQL that this node reads and writes.
 *
 * @param klines the candles that the extractor has stored
 * @param signals where signals that went out are kept
 * @param check how the database is doing
 */
record Tables(
        Optional<CandleHistory> klines,
        Optional<SignalArchive> signals,
        Optional<Supplier<Check>> check,
        Runnable close) {
    static final Tables NONE = new Tables(Optional.empty(), Optional.empty(), Optional.empty(), () -> {});

    static Tables of(TableSettings settings, MeterRegistry meters, Clock clock) {
        return settings.mysql()
                .map(uri -> {
                    var pool = new MySqlPool(uri);
                    return new Tables(
                            Optional.of(new KlineHistory(pool, meters, clock)),
                            settings.keepsSignals()
                                    ? Optional.of(new SignalTable(pool, settings.keepsLegacySignals()))
                                    : Optional.empty(),
                            Optional.of(() -> check(pool)),
                            pool::close);
                })
                .orElse(NONE);
    }

    /** Of each series from where its candles come from, unless the settings say otherwise. */
    CandleHistory history(TableSettings settings, NatsSettings.Candles candles, CandleHistory stream) {
        var isFed = !candles.klineSubjects().isEmpty()
                || !candles.extractionSubjects().isEmpty();
        return switch (settings.history()) {
            case STREAM -> stream;
            case MYSQL -> klines.orElse(CandleHistory.NONE);
            case AUTO -> {
                if (!isFed || klines.isEmpty()) {
                    yield stream;
                }
                yield candles.subjects().isEmpty() ? klines.get() : stream.orElse(klines.get());
            }
        };
    }

    private static Check check(MySqlPool pool) {
        return pool.failure()
                .map(failure -> Check.degraded("tables", "MySQL can't be used; trying again"))
                .orElseGet(() -> Check.ok("tables", "no failure of MySQL since it was last used"));
    }
}
