package io.tabot.signal;

import io.tabot.market.Candle;
import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import io.tabot.trace.TraceContext;
import org.jspecify.annotations.Nullable;

/**
 * A closed candle on its way in, with the duty to say when it has been dealt with.
 *
 * @param redelivered whether the source has handed it out before
 * @param sequence its place among all that the source hands out, to whatever node; 0 where that is not known
 * @param trace what it follows from, if its sender traces
 */
public record CandleMessage(
        Symbol symbol,
        Timeframe timeframe,
        Candle candle,
        boolean redelivered,
        long sequence,
        Acknowledgement ack,
        @Nullable TraceContext trace) {

    /** One that nobody traces. */
    public CandleMessage(
            Symbol symbol,
            Timeframe timeframe,
            Candle candle,
            boolean redelivered,
            long sequence,
            Acknowledgement ack) {
        this(symbol, timeframe, candle, redelivered, sequence, ack, null);
    }

    /** How a source learns what became of a candle. Callable on any thread, and again; never throws. */
    public interface Acknowledgement {
        /** For a source that delivers at most once: nobody waits for an answer. */
        Acknowledgement NONE = new Acknowledgement() {
            @Override
            public void done() {}

            @Override
            public void retry() {}
        };

        /** The candle is dealt with for good: its signals are stored. Returns without waiting for the source. */
        void done();

        /** It could not be dealt with now: deliver it once more, a little later. */
        void retry();
    }
}
