package io.tabot.nats;

import io.tabot.market.Candle;
import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import io.tabot.signal.CandleRejection;
import java.util.List;

/** What a message turned out to be. */
sealed interface Decoded {
    /** Closed candles of one series, at least one. */
    record Candles(Symbol symbol, Timeframe timeframe, List<Candle> candles) implements Decoded {
        public Candles {
            candles = List.copyOf(candles);
        }
    }

    /**
     * Word that closed candles of these symbols, at least one, can be read elsewhere.
     *
     * @param isPast whether they fill gaps of the past
     */
    record Notice(List<Symbol> symbols, Timeframe timeframe, boolean isPast) implements Decoded {
        public Notice {
            symbols = List.copyOf(symbols);
        }
    }

    /** A proper message that is meant for others. */
    record NotForUs() implements Decoded {}

    /** Meant to be a candle, and not usable as one. */
    record Rejected(CandleRejection reason, String detail) implements Decoded {}
}
