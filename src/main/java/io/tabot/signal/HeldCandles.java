package io.tabot.signal;

import io.tabot.config.NodeMessage;
import io.tabot.market.Candle;
import java.util.List;

/** The candles of one timeframe that a SignalActor holds, oldest first. */
public record HeldCandles(List<Candle> candles) implements NodeMessage {
    public HeldCandles {
        candles = List.copyOf(candles);
    }
}
