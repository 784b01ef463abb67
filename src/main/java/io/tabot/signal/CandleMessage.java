package io.tabot.signal;

import io.tabot.market.Candle;
import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;

/**
 * A closed candle on its way in, with the duty to say when it has been dealt with.
 *
 * @param redelivered whether the source has handed it out before
 * @param sequence its place among all that the source hands out, to whatever node; 0 where that is not known
 */
public record CandleMessage(
        Symbol symbol, Timeframe timeframe, Candle candle, boolean redelivered, long sequence, Acknowledgement ack) {

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
