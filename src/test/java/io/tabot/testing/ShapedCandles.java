package io.tabot.testing;

import io.tabot.market.Candle;
import io.tabot.market.CandleSeries;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/** Hourly candles drawn by hand: closes by a formula, each opening where the one before closed. */
public final class ShapedCandles {
    private static final long START = 1_700_000_000_000L / 3_600_000 * 3_600_000;
    private static final long STEP = 3_600_000;
    private static final double WICK = 0.1;
    private static final double VOLUME = 100;

    private final List<Candle> candles = new ArrayList<>();

    /** So many candles that close where the formula of their index says. */
    public static ShapedCandles of(int count, IntToDoubleFunction close) {
        var shaped = new ShapedCandles();
        for (var i = 0; i < count; i++) {
            shaped.then(close.applyAsDouble(Math.max(0, i - 1)), close.applyAsDouble(i), VOLUME);
        }
        return shaped;
    }

    /** One more candle, with short wicks. */
    public ShapedCandles then(double open, double close, double volume) {
        candles.add(new Candle(
                START + candles.size() * STEP,
                open,
                Math.max(open, close) + WICK,
                Math.min(open, close) - WICK,
                close,
                volume));
        return this;
    }

    public List<Candle> candles() {
        return List.copyOf(candles);
    }

    public CandleSeries view() {
        return Windows.of(candles);
    }
}
