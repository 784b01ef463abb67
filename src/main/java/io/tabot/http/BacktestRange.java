package io.tabot.http;

import io.tabot.market.Candle;
import io.tabot.market.Timeframe;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The candles that a backtest trades on, the newest of those asked for, and some that came before.
 *
 * @param higher those of higher timeframes
 * @param truncated whether there were more than it may take
 */
record BacktestRange(
        List<Candle> before, List<Candle> candles, Map<Timeframe, List<Candle>> higher, boolean truncated) {
    /** @param beforeMax how many from before are wanted */
    static BacktestRange of(BacktestCandles known, BacktestRequest request, int beforeMax) {
        var byOpenTime = new TreeMap<Long, Candle>();
        known.base().forEach(candle -> byOpenTime.put(candle.openTime(), candle));
        var from = request.from().toEpochMilli();
        var inRange = byOpenTime.subMap(from, true, request.to().toEpochMilli(), true);
        var asked = newest(inRange.values(), request.candlesMax());
        var before = asked.isEmpty()
                ? List.<Candle>of()
                : newest(byOpenTime.headMap(asked.getFirst().openTime()).values(), beforeMax);
        return new BacktestRange(
                before,
                asked,
                known.higher(),
                !before.isEmpty() && before.getLast().openTime() >= from);
    }

    /** Why nothing, or less than expected, can be decided on these candles. */
    List<String> warnings(int warmup) {
        var warnings = new ArrayList<String>();
        var known = before.size() + candles.size();
        if (known < warmup) {
            warnings.add("nothing was decided: " + known + " candles are known up to the end of the range,"
                    + " and the warmup asks for " + warmup);
        }
        new TreeMap<>(higher).forEach((timeframe, found) -> {
            if (found.isEmpty()) {
                warnings.add("no candles of " + timeframe + " are known, which the strategy reads: they were made of"
                        + " those of the range, as far as those suffice");
            }
        });
        return warnings;
    }

    private static List<Candle> newest(Collection<Candle> candles, int count) {
        return candles.stream().skip(Math.max(0, candles.size() - count)).toList();
    }
}
