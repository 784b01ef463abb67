package io.tabot.testing;

import java.util.Random;

/** Made-up candles from a seed: the same seed gives the same candles on any machine. */
public final class RandomCandles {

    private static final long CANDLE_MILLIS = 15 * 60 * 1000;

    private RandomCandles() {}

    /** A random walk from 100 in 15-minute candles; every candle has a range and a volume. */
    public static CandleColumns walk(long seed, int length) {
        Random random = new Random(seed);
        CandleColumns candles = new CandleColumns(length);
        double price = 100.0;
        for (int i = 0; i < length; i++) {
            candles.openTime()[i] = 1_700_000_000_000L + i * CANDLE_MILLIS;
            candles.open()[i] = price;
            price *= 1.0 + 0.02 * random.nextGaussian();
            candles.close()[i] = price;
            candles.high()[i] = Math.max(candles.open()[i], price) * (1.0 + 0.01 * (0.001 + random.nextDouble()));
            candles.low()[i] = Math.min(candles.open()[i], price) * (1.0 - 0.01 * (0.001 + random.nextDouble()));
            candles.volume()[i] = 1.0 + 1000.0 * random.nextDouble();
        }
        return candles;
    }

    /** Candles whose every price is one of these, taken at random, and whose volume is constant. */
    public static CandleColumns of(long seed, int length, double volume, double... prices) {
        Random random = new Random(seed);
        CandleColumns candles = new CandleColumns(length);
        for (int i = 0; i < length; i++) {
            double open = prices[random.nextInt(prices.length)];
            double close = prices[random.nextInt(prices.length)];
            candles.openTime()[i] = 1_700_000_000_000L + i * CANDLE_MILLIS;
            candles.open()[i] = open;
            candles.close()[i] = close;
            candles.high()[i] = Math.max(open, close);
            candles.low()[i] = Math.min(open, close);
            candles.volume()[i] = volume;
        }
        return candles;
    }
}
