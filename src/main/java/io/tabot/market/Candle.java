package io.tabot.market;

/**
 * One closed candle. Open time is in epoch milliseconds. Every number is finite, low is not above high and volume is
 * not negative: corrupt market data is worse than none.
 */
public record Candle(long openTime, double open, double high, double low, double close, double volume) {
    public Candle {
        finite("open", open);
        finite("high", high);
        finite("low", low);
        finite("close", close);
        finite("volume", volume);
        if (low > high) {
            throw new IllegalArgumentException("low " + low + " is above high " + high);
        }
        if (volume < 0) {
            throw new IllegalArgumentException("volume " + volume + " is negative");
        }
    }

    private static void finite(String name, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(name + " is not a finite number: " + value);
        }
    }
}
