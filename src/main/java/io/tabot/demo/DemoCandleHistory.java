package io.tabot.demo;

import io.tabot.market.Candle;
import io.tabot.market.CandleHistory;
import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What happened before the demo begins. */
public final class DemoCandleHistory implements CandleHistory {
    private final DemoCandles candles;

    public DemoCandleHistory(DemoCandles candles) {
        this.candles = candles;
    }

    @Override
    public CompletionStage<List<Candle>> before(Symbol symbol, Timeframe timeframe, long openTime, int count) {
        var known = (timeframe == DemoCandles.TIMEFRAME ? candles.history(symbol) : List.<Candle>of())
                .stream().filter(candle -> candle.openTime() < openTime).toList();
        var newest = known.subList(Math.max(0, known.size() - count), known.size());
        return CompletableFuture.completedStage(newest);
    }
}
