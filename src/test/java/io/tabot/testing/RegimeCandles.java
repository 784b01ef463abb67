package io.tabot.testing;

import io.tabot.market.Candle;
import io.tabot.market.Timeframe;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Made-up candles that behave like a market: spells of drift and of turbulence, fat tails, and volume that comes with
 * movement. The same seed gives the same candles on any machine.
 */
public final class RegimeCandles {
    private static final long START = Instant.parse("2024-01-01T00:00:00Z").toEpochMilli();
    private static final int TAIL_FREEDOM = 4;
    private static final int SPELL_MEAN = 300;

    private final Random random;
    private final double volatility;
    private double close = 100;
    private double drift;
    private double turbulence = 1;

    private RegimeCandles(long seed, double volatility) {
        this.random = new Random(seed);
        this.volatility = volatility;
    }

    /** @param volatility standard deviation of the change in one candle, as a share of the price */
    public static List<Candle> of(long seed, Timeframe timeframe, double volatility, int count) {
        var generator = new RegimeCandles(seed, volatility);
        var candles = new ArrayList<Candle>(count);
        var openTime = timeframe.openTime(START);
        for (var i = 0; i < count; i++) {
            candles.add(generator.next(openTime));
            openTime = timeframe.nextOpenTime(openTime);
        }
        return candles;
    }

    private Candle next(long openTime) {
        if (random.nextInt(SPELL_MEAN) == 0) {
            drift = volatility * 0.1 * random.nextGaussian();
            turbulence = StrictMath.exp(0.4 * random.nextGaussian());
        }
        var spread = volatility * turbulence;
        var change = drift + spread * fatTailed();
        var open = close;
        close = open * StrictMath.exp(change);
        var high = Math.max(open, close) * (1 + 0.5 * spread * Math.abs(random.nextGaussian()));
        var low = Math.min(open, close) * (1 - 0.5 * spread * Math.abs(random.nextGaussian()));
        var volume = StrictMath.exp(0.5 * random.nextGaussian()) * (100 + 50 * Math.abs(change) / volatility);
        return new Candle(openTime, open, high, low, close, volume);
    }

    /** Student's t, scaled to a standard deviation of one. */
    private double fatTailed() {
        var squares = 0.0;
        for (var i = 0; i < TAIL_FREEDOM; i++) {
            var draw = random.nextGaussian();
            squares += draw * draw;
        }
        var scale = Math.sqrt((TAIL_FREEDOM - 2.0) / TAIL_FREEDOM);
        return scale * random.nextGaussian() / Math.sqrt(squares / TAIL_FREEDOM);
    }
}
