package io.tabot.testing;

import io.tabot.market.Candle;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Endless candles of every kind that markets and mistakes make, from a seed: walks in ticks, flat stretches, steps,
 * jumps, candles without range or volume, micro prices and huge ones. The kind changes every few hundred candles.
 */
public final class MarketKinds {
    private static final long CANDLE_MILLIS = 15 * 60 * 1000;
    private static final long START = 1_700_000_100_000L;
    private static final double[] SCALES = {1e-9, 1e-5, 0.01, 1, 40, 60_000, 1e12};
    private static final double[] SPREADS = {0.0003, 0.002, 0.01, 0.05};

    /** How a stretch moves. */
    private enum Kind {
        WALK,
        TICKS,
        TREND,
        FLAT,
        STEPS,
        CALM_WITH_JUMPS
    }

    private final Random random;
    private Kind kind = Kind.WALK;
    private double tick;
    private double spread;
    private double price;
    private double drift;
    private boolean isThin;
    private int left;
    private long count;

    public MarketKinds(long seed) {
        random = new Random(seed);
    }

    public List<Candle> take(int length) {
        var candles = new ArrayList<Candle>();
        for (var i = 0; i < length; i++) {
            candles.add(next());
        }
        return candles;
    }

    public Candle next() {
        if (left-- == 0) {
            turn();
        }
        var open = random.nextInt(50) == 0 ? move(price) : price;
        var close = rounded(move(open));
        var high = rounded(Math.max(open, close) + wick());
        var low = Math.min(Math.min(open, close), rounded(Math.min(open, close) - wick()));
        price = close;
        return new Candle(
                START + count++ * CANDLE_MILLIS, open, Math.max(high, Math.max(open, close)), low, close, volume());
    }

    private void turn() {
        kind = Kind.values()[random.nextInt(Kind.values().length)];
        left = 20 + random.nextInt(400);
        spread = SPREADS[random.nextInt(SPREADS.length)];
        drift = spread * (random.nextDouble() - 0.5);
        isThin = random.nextInt(3) == 0;
        if (count == 0 || random.nextInt(6) == 0) {
            price = SCALES[random.nextInt(SCALES.length)] * (1 + random.nextDouble());
        }
        tick = random.nextBoolean() ? 0 : price * 1e-4;
    }

    private double move(double from) {
        var change = switch (kind) {
            case WALK -> spread * random.nextGaussian();
            case TICKS -> 1e-4 * (random.nextInt(5) - 2);
            case TREND -> drift + spread * 0.3 * random.nextGaussian();
            case FLAT -> 0;
            case STEPS -> random.nextInt(20) == 0 ? spread * random.nextGaussian() : 0;
            case CALM_WITH_JUMPS -> (random.nextInt(40) == 0 ? 20 : 0.1) * spread * random.nextGaussian();
        };
        return Math.max(from * (1 + change), from * 0.01);
    }

    private double wick() {
        var isNone = kind == Kind.FLAT || random.nextInt(6) == 0;
        return isNone ? 0 : price * spread * Math.abs(random.nextGaussian());
    }

    private double rounded(double value) {
        return tick == 0 ? value : Math.max(1, Math.rint(value / tick)) * tick;
    }

    private double volume() {
        if (isThin && random.nextInt(3) > 0) {
            return 0;
        }
        var volume = 100 * Math.exp(1.5 * random.nextGaussian());
        return random.nextBoolean() ? volume : Math.rint(volume);
    }
}
