package io.tabot.signal;

import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;

/** Where closed candles come from while they happen. */
public interface CandleSource {
    /**
     * The candles. The stream never fails and ends only when drained: a lost server is waited for inside. One run at a
     * time.
     */
    Source<CandleMessage, NotUsed> candles();

    /** Takes no new candles; those already taken are still emitted. Completes when the stream has ended. */
    CompletionStage<Done> drain();

    SourceHealth health();

    /** Calls back whenever candles of the past were stored that a window may lack. A source need not know of any. */
    default void onPastFilled(BiConsumer<Symbol, Timeframe> listener) {}
}
