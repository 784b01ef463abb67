package io.tabot.demo;

import io.tabot.market.Candle;
import io.tabot.market.CandleHistory;
import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Bundled candles of the past. */
public final class DemoCandleHistory implements CandleHistory {
    private final Function<Symbol, List<Candle>> candles;

    private DemoCandleHistory(Function<Symbol, List<Candle>> candles) {
        this.candles = candles;
    }

    /** What happened before the demo begins. */
    public static DemoCandleHistory before(DemoCandles candles) {
        return new DemoCandleHistory(candles::history);
    }

    /** All of them: what the demo replays has happened, too. */
    public static DemoCandleHistory whole(DemoCandles candles) {
        return new DemoCandleHistory(candles::all);
    }

    @Override
    public CompletionStage<List<Candle>> before(Symbol symbol, Timeframe timeframe, long openTime, int count) {
        var known = (timeframe == DemoCandles.TIMEFRAME ? candles.apply(symbol) : List.<Candle>of())
                .stream().filter(candle -> candle.openTime() < openTime).toList();
        var newest = known.subList(Math.max(0, known.size() - count), known.size());
        return CompletableFuture.completedStage(newest);
    }
}
