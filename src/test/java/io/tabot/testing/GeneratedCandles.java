package io.tabot.testing;

import io.tabot.market.Candle;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The 1500 candles of 15 minutes that the specification's own tables were computed on: a linear congruential generator
 * and plain arithmetic, the same in every language.
 */
public final class GeneratedCandles {
    public static final int COUNT = 1500;

    private static final long START = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
    private static final long STEP = 15 * 60 * 1000L;
    private static final double[] DRIFTS = {0.0004, -0.0004, 0.0, 0.0010, -0.0010};
    private static final double[] SPREADS = {0.002, 0.004, 0.008};

    private long state = 12345;
    private double close = 100.0;

    private GeneratedCandles() {}

    public static List<Candle> all() {
        var generator = new GeneratedCandles();
        var candles = new ArrayList<Candle>();
        for (var i = 0; i < COUNT; i++) {
            candles.add(generator.next(i));
        }
        return candles;
    }

    private Candle next(int i) {
        var u = new double[6];
        for (var draw = 0; draw < u.length; draw++) {
            u[draw] = draw();
        }
        var drift = DRIFTS[i / 120 % DRIFTS.length];
        var spread = SPREADS[i / 200 % SPREADS.length];
        var change = drift + spread * (u[0] + u[1] + u[2] - 1.5) * 2;
        var open = close;
        close = cents(open * (1 + change));
        var high = cents(Math.max(open, close) * (1 + spread * u[3] * u[3]));
        var low = cents(Math.min(open, close) * (1 - spread * u[4] * u[4]));
        var volume = cents(100 * (1 + u[5]) + 2500 * eighthPower(u[5]) + 20000 * Math.abs(change));
        return new Candle(START + i * STEP, open, high, low, close, volume);
    }

    private double draw() {
        state = (1103515245L * state + 12345) & 0x7fffffffL;
        return state / 2147483648.0;
    }

    private static double eighthPower(double value) {
        var square = value * value;
        var fourth = square * square;
        return fourth * fourth;
    }

    private static double cents(double value) {
        return Math.floor(value * 100 + 0.5) / 100;
    }
}
