package io.tabot.market;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Where closed candles of the past come from, to fill a window at start and to close gaps. */
@FunctionalInterface
public interface CandleHistory {
    /** Remembers nothing: windows fill live. */
    CandleHistory NONE = (symbol, timeframe, openTime, count) -> CompletableFuture.completedStage(List.of());

    /**
     * The newest candles that opened before a time, at most so many, in any order. An empty list means that there are
     * none; a failed stage, that it could not be asked.
     */
    CompletionStage<List<Candle>> before(Symbol symbol, Timeframe timeframe, long openTime, int count);

    /** Asks another one about a series that this one has nothing of. */
    default CandleHistory orElse(CandleHistory other) {
        return (symbol, timeframe, openTime, count) -> before(symbol, timeframe, openTime, count)
                .thenCompose(candles -> candles.isEmpty()
                        ? other.before(symbol, timeframe, openTime, count)
                        : CompletableFuture.completedStage(candles));
    }
}
