package io.tabot.backtest;

/** The candles of a table in bars of several each, so that no more than so many have to be drawn. */
final class MergedBars {
    private final CandleTable candles;
    private final int each;

    MergedBars(CandleTable candles, int barsMax) {
        this.candles = candles;
        this.each = Math.max(1, Math.ceilDiv(candles.size(), barsMax));
    }

    int count() {
        return Math.ceilDiv(candles.size(), each);
    }

    long openTime(int bar) {
        return candles.openTime(bar * each);
    }

    double open(int bar) {
        return candles.open(bar * each);
    }

    double high(int bar) {
        var high = candles.high(bar * each);
        for (var i = bar * each + 1; i < end(bar); i++) {
            high = Math.max(high, candles.high(i));
        }
        return high;
    }

    double low(int bar) {
        var low = candles.low(bar * each);
        for (var i = bar * each + 1; i < end(bar); i++) {
            low = Math.min(low, candles.low(i));
        }
        return low;
    }

    double close(int bar) {
        return candles.close(end(bar) - 1);
    }

    private int end(int bar) {
        return Math.min(candles.size(), (bar + 1) * each);
    }
}
