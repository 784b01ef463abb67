package io.tabot.bench;

import io.tabot.market.Candle;
import io.tabot.testing.Golden;
import io.tabot.testing.Windows;

/** Recorded candles, for ever: one by one with open times that go on rising, or in stretches that are there already. */
final class Feed {
    private static final long STEP = 4 * 60 * 60 * 1000L;

    private final Candle[] recorded;
    private long taken;

    Feed() {
        var columns = Golden.candles("cb_btc_4h_2022");
        recorded = new Candle[columns.length()];
        for (var i = 0; i < recorded.length; i++) {
            recorded[i] = Windows.candle(columns, i);
        }
    }

    Candle next() {
        var like = recorded[(int) (taken % recorded.length)];
        var openTime = STEP * taken++;
        return new Candle(openTime, like.open(), like.high(), like.low(), like.close(), like.volume());
    }

    /** Where the next stretch of so many recorded candles begins. */
    int nextStretch(int length) {
        return (int) (taken++ % (recorded.length - length));
    }

    Candle recorded(int index) {
        return recorded[index];
    }
}
