package io.tabot.testing;

import io.tabot.market.Candle;
import io.tabot.market.Timeframe;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Candles of a higher timeframe, put together the plain way: all parts on the table, then group and fold. */
public final class Aggregates {
    private Aggregates() {}

    /** The complete ones, in order. */
    public static List<Candle> of(List<Candle> candles, Timeframe base, Timeframe higher) {
        var count = higher.longest().dividedBy(base.longest());
        return candles.stream()
                .collect(Collectors.groupingBy(
                        candle -> higher.openTime(candle.openTime()), TreeMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .filter(group -> group.getValue().size() == count)
                .map(group -> merged(group.getKey(), group.getValue()))
                .toList();
    }

    private static Candle merged(long openTime, List<Candle> parts) {
        return new Candle(
                openTime,
                parts.getFirst().open(),
                parts.stream().mapToDouble(Candle::high).max().orElseThrow(),
                parts.stream().mapToDouble(Candle::low).min().orElseThrow(),
                parts.getLast().close(),
                // In their order: a stream's sum compensates for rounding.
                parts.stream().map(Candle::volume).reduce(0.0, Double::sum));
    }
}
