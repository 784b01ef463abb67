package io.tabot.mysql;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tabot.mysql.KlineRows.Flaw;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Counts the rows that were read and are no candles. */
final class KlineMeters {
    private final Map<Flaw, Counter> skipped = new EnumMap<>(Flaw.class);

    KlineMeters(MeterRegistry meters) {
        for (var flaw : Flaw.values()) {
            skipped.put(
                    flaw,
                    Counter.builder("ta_bot_kline_rows_skipped")
                            .description("Rows read from the tables of klines that are no closed bar")
                            .tag("reason", flaw.name().toLowerCase(Locale.ROOT))
                            .register(meters));
        }
    }

    void skipped(KlineRows rows) {
        rows.flaws()
                .forEach((flaw, count) ->
                        Objects.requireNonNull(skipped.get(flaw)).increment(count));
    }
}
