package io.tabot.http;

import io.tabot.market.Candle;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/**
 * The candles that a backtest trades on, the newest of those asked for, and some that came before.
 *
 * @param truncated whether there were more than it may take
 */
record BacktestRange(List<Candle> before, List<Candle> candles, boolean truncated) {
    /**
     * @param known in any order
     * @param beforeMax how many from before are wanted
     */
    static BacktestRange of(Collection<Candle> known, BacktestRequest request, int beforeMax) {
        var byOpenTime = new TreeMap<Long, Candle>();
        known.forEach(candle -> byOpenTime.put(candle.openTime(), candle));
        var from = request.from().toEpochMilli();
        var inRange = byOpenTime.subMap(from, true, request.to().toEpochMilli(), true);
        var asked = newest(inRange.values(), request.candlesMax());
        var before = asked.isEmpty()
                ? List.<Candle>of()
                : newest(byOpenTime.headMap(asked.getFirst().openTime()).values(), beforeMax);
        return new BacktestRange(
                before, asked, !before.isEmpty() && before.getLast().openTime() >= from);
    }

    private static List<Candle> newest(Collection<Candle> candles, int count) {
        return candles.stream().skip(Math.max(0, candles.size() - count)).toList();
    }
}
