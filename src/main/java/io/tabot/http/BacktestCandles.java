package io.tabot.http;

import io.tabot.market.Candle;
import io.tabot.market.CandleHistory;
import io.tabot.market.HigherCandles;
import io.tabot.market.Timeframe;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What the history has for one backtest: candles of its own timeframe, in any order, and of the higher ones that its
 * strategy reads, oldest first.
 */
record BacktestCandles(List<Candle> base, Map<Timeframe, List<Candle>> higher) {
    BacktestCandles {
        base = List.copyOf(base);
        higher = Map.copyOf(higher);
    }

    /** @param before how many candles from before the range are wanted */
    static CompletionStage<BacktestCandles> ask(
            CandleHistory history, BacktestRequest wanted, List<Timeframe> higher, int before) {
        var count = wanted.candlesMax() + before;
        var answer =
                read(history, wanted, wanted.timeframe(), count).thenApply(base -> new BacktestCandles(base, Map.of()));
        for (var timeframe : higher) {
            var known = read(history, wanted, timeframe, higherCount(wanted, timeframe, count));
            answer = answer.thenCombine(known, (candles, found) -> candles.with(timeframe, found));
        }
        return answer;
    }

    private BacktestCandles with(Timeframe timeframe, List<Candle> candles) {
        var all = new EnumMap<Timeframe, List<Candle>>(Timeframe.class);
        all.putAll(higher);
        all.put(
                timeframe,
                candles.stream()
                        .sorted(Comparator.comparingLong(Candle::openTime))
                        .toList());
        return new BacktestCandles(base, all);
    }

    /** As many as lie over the candles of the base, and those that are seen on the first of them. */
    private static int higherCount(BacktestRequest wanted, Timeframe higher, int candles) {
        var parts = higher.longest().dividedBy(wanted.timeframe().longest());
        return HigherCandles.LENGTH_MAX + 1 + Math.ceilDiv(candles, (int) parts);
    }

    private static CompletionStage<List<Candle>> read(
            CandleHistory history, BacktestRequest wanted, Timeframe timeframe, int count) {
        return CompletableFuture.completedStage(count)
                .thenCompose(newest ->
                        history.before(wanted.symbol(), timeframe, wanted.to().toEpochMilli() + 1, newest));
    }
}
