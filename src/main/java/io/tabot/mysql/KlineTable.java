package io.tabot.mysql;

import io.tabot.market.Timeframe;

/** What the extractor calls the table of a timeframe: unit first, so {@code 15m} is in {@code klines_m15}. */
final class KlineTable {
    private KlineTable() {}

    static String of(Timeframe timeframe) {
        var id = timeframe.id();
        var unit = id.length() - 1;
        return "klines_" + id.substring(unit) + id.substring(0, unit);
    }
}
