package io.tabot.signal;

import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import io.tabot.strategy.Decision.Action;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A signal as a stream tells it.
 *
 * @param withheld why it was not sent; null when it was
 * @param json the signal as its consumers get it
 */
public record LiveSignal(
        Symbol symbol,
        String strategyId,
        Timeframe timeframe,
        Action action,
        @Nullable String withheld,
        Supplier<byte[]> json) {
    /** One that went out, read back. */
    public static LiveSignal of(SentSignal sent) {
        return new LiveSignal(
                sent.symbol(),
                sent.strategyId(),
                sent.timeframe(),
                sent.action(),
                null,
                () -> sent.json().getBytes(StandardCharsets.UTF_8));
    }

    /** One of this process. */
    public static LiveSignal of(Publication publication, Instant at) {
        var signal = publication.signal();
        return new LiveSignal(
                signal.symbol(),
                signal.strategyId(),
                signal.timeframe(),
                signal.action(),
                publication.withheld(),
                () -> SignalJson.bytes(signal, at));
    }
}
