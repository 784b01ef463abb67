package io.tabot.testing;

import io.tabot.market.Candle;
import io.tabot.market.Timeframe;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Made-up candles that behave like a market: trends and calm spells that come and go, sudden moves, long wicks, surges
 * of volume, prices in ticks. The same seed gives the same candles on any machine.
 */
public final class MarketCandles {
    private static final long START = Instant.parse("2024-01-01T00:00:00Z").toEpochMilli();
    private static final double TICKS_EACH_UNIT = 100;

    private final Random random;
    private final double volatility;
    private double close = 250;
    private double drift;
    private double calm = 1;

    private MarketCandles(long seed, double volatility) {
        this.random = new Random(seed);
        this.volatility = volatility;
    }

    /** @param volatility the usual size of a candle's move, as a share of the price */
    public static List<Candle> of(Timeframe timeframe, double volatility, long seed, int count) {
        var market = new MarketCandles(seed, volatility);
        var candles = new ArrayList<Candle>(count);
        var openTime = timeframe.openTime(START);
        for (var i = 0; i < count; i++) {
            candles.add(market.next(openTime));
            openTime = timeframe.nextOpenTime(openTime);
        }
        return candles;
    }

    private Candle next(long openTime) {
        changeMood();
        var shock = random.nextInt(40) == 0 ? 3 : 1;
        var move = volatility * calm * (drift + shock * random.nextGaussian());
        var open = close;
        // The walk is pulled back softly, so that it neither dies nor explodes over thousands of candles.
        close = tick(open * Math.exp(move - volatility * 0.01 * Math.log(open / 250)));
        var high = tick(Math.max(open, close) * (1 + wick()));
        var low = tick(Math.min(open, close) * (1 - Math.min(0.5, wick())));
        return new Candle(openTime, open, high, low, close, volume(Math.abs(move) / volatility));
    }

    private void changeMood() {
        if (random.nextInt(70) == 0) {
            drift = 0.25 * (random.nextInt(3) - 1);
        }
        if (random.nextInt(120) == 0) {
            calm = List.of(0.3, 1.0, 1.0, 2.0).get(random.nextInt(4));
        }
    }

    private double wick() {
        var length = random.nextInt(12) == 0 ? 2.5 : 0.5;
        return random.nextInt(6) == 0 ? 0 : volatility * calm * length * random.nextDouble();
    }

    private double volume(double move) {
        var surge = random.nextInt(30) == 0 ? 2 + 10 * random.nextDouble() : 1;
        return tick(100 * surge * (0.5 + random.nextDouble() + move));
    }

    private static double tick(double value) {
        return Math.max(1, Math.rint(value * TICKS_EACH_UNIT)) / TICKS_EACH_UNIT;
    }
}
