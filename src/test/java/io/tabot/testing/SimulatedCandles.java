package io.tabot.testing;

import io.tabot.market.Candle;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Candles as a market might draw them, from a seed: each is a random walk of many small moves, so that bodies and
 * shadows are in proportion, with volatility and drift that change from regime to regime, and now and then a wild one.
 */
public final class SimulatedCandles {
    private static final long START = 1_700_000_000_000L / 86_400_000 * 86_400_000;
    private static final long STEP = 86_400_000;
    private static final int MOVES = 60;
    private static final int REGIME_MIN = 100;
    private static final int REGIME_MAX = 500;
    private static final double[] VOLATILITIES = {0.6, 1.0, 1.5};
    private static final double[] DRIFTS = {-0.1, 0, 0.1};
    /** Degrees of freedom of the changes: below ten, tails are visibly fatter than a normal distribution's. */
    private static final int FREEDOM = 5;

    private final Random random;
    private final double volatility;
    private double regimeVolatility;
    private double regimeDrift;
    private int regimeLeft;
    private double price = 1000;

    private SimulatedCandles(long seed, double volatility) {
        this.random = new Random(seed);
        this.volatility = volatility;
    }

    /** So many candles, a day apart, that change by about this share from close to close. */
    public static List<Candle> of(long seed, int count, double volatility) {
        var simulation = new SimulatedCandles(seed, volatility);
        var candles = new ArrayList<Candle>(count);
        for (var i = 0; i < count; i++) {
            candles.add(simulation.next(i));
        }
        return candles;
    }

    private Candle next(int i) {
        if (regimeLeft-- == 0) {
            regimeVolatility = volatility * VOLATILITIES[random.nextInt(VOLATILITIES.length)];
            regimeDrift = DRIFTS[random.nextInt(DRIFTS.length)] * regimeVolatility;
            regimeLeft = random.nextInt(REGIME_MIN, REGIME_MAX);
        }
        var wildness = wildness();
        var open = price;
        var high = open;
        var low = open;
        for (var k = 0; k < MOVES; k++) {
            price *= Math.exp(
                    regimeDrift / MOVES + regimeVolatility * wildness * random.nextGaussian() / Math.sqrt(MOVES));
            high = Math.max(high, price);
            low = Math.min(low, price);
        }
        return new Candle(START + i * STEP, open, high, low, price, 100 * wildness * (1 + random.nextDouble()));
    }

    /** How much wilder than usual a candle is: its square is 1 on average, and the changes follow Student's t. */
    private double wildness() {
        var squares = 0.0;
        for (var i = 0; i < FREEDOM; i++) {
            var normal = random.nextGaussian();
            squares += normal * normal;
        }
        return Math.sqrt((FREEDOM - 2) / squares);
    }
}
