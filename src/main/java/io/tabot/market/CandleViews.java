package io.tabot.market;

/**
 * All that one evaluation may read of a symbol: views that end with the candle that is decided on, and what had closed
 * by then on higher timeframes.
 *
 * @param longWindow for strategies that need more candles than {@code window} has; ends with the same candle
 */
public record CandleViews(CandleSeries window, CandleSeries longWindow, HigherCandles higher) {
    /** The same candles for every strategy, and no higher timeframe. */
    public static CandleViews of(CandleSeries window) {
        return new CandleViews(window, window, HigherCandles.NONE);
    }
}
