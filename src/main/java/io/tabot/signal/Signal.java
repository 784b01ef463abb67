package io.tabot.signal;

import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import io.tabot.strategy.Decision;
import io.tabot.strategy.Metadata;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A decision that goes out. Everything in it follows from the candles and the configuration revision; the time of
 * publication is added when it is written out and is not part of it.
 *
 * @param openTime open time of the candle that it was decided on, epoch milliseconds
 * @param closeTime last millisecond of that candle
 * @param intentId 32 hex characters, the same whenever and wherever the same candle is evaluated
 * @param metadata the strategy's own keys, then ours
 */
public record Signal(
        String strategyId,
        Symbol symbol,
        Timeframe timeframe,
        long openTime,
        long closeTime,
        Decision.Action action,
        double confidence,
        double currentPrice,
        double price,
        Decision.Strength strength,
        Decision.OrderType orderType,
        @Nullable Double stopLoss,
        @Nullable Double takeProfit,
        Map<String, @Nullable Object> metadata,
        String intentId) {
    public Signal {
        metadata = Metadata.copyOf(metadata);
    }

    /** The revision of the configuration that it was decided under. */
    public OptionalLong configRevision() {
        return metadata.get("config_revision") instanceof Number revision
                ? OptionalLong.of(revision.longValue())
                : OptionalLong.empty();
    }
}
