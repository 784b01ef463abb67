package io.tabot.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.tabot.market.Timeframe;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.Optional;

/**
 * What makes two signals the same decision: the strategy, and the candle that it is about. Ours name their candle; a
 * message of the Python bot names the time of sending alone, so its candle is the last one that had closed by then.
 */
record CandleKey(String strategyId, String symbol, Timeframe timeframe, Instant openTime)
        implements Comparable<CandleKey> {
    private static final Comparator<CandleKey> ORDER = Comparator.<CandleKey, Instant>comparing(CandleKey::openTime)
            .thenComparing(CandleKey::symbol)
            .thenComparing(CandleKey::timeframe)
            .thenComparing(CandleKey::strategyId);

    /** Nothing for what is no signal. */
    static Optional<CandleKey> of(JsonNode signal) {
        var strategy = signal.path("strategy_id").asText();
        var symbol = signal.path("symbol").asText();
        var timeframe = Timeframe.of(signal.path("timeframe").asText());
        if (strategy.isEmpty() || symbol.isEmpty() || timeframe.isEmpty()) {
            return Optional.empty();
        }
        return openTime(signal, timeframe.get())
                .map(openTime -> new CandleKey(strategy, symbol, timeframe.get(), openTime));
    }

    /** One series: what both sides must have to be compared. */
    String series() {
        return symbol + " " + timeframe.id();
    }

    @Override
    public int compareTo(CandleKey other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return openTime + " " + series() + " " + strategyId;
    }

    private static Optional<Instant> openTime(JsonNode signal, Timeframe timeframe) {
        var own = signal.path("metadata").path("open_time").asText();
        return own.isEmpty()
                ? time(signal.path("timestamp").asText())
                        .map(sent -> timeframe.openTime(timeframe.openTime(sent.toEpochMilli()) - 1))
                        .map(Instant::ofEpochMilli)
                : time(own);
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
