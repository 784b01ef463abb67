package io.tabot.testing;

import io.tabot.market.Candle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntFunction;

/** Candles as no market has them, but finite: whatever a feed may send, a rule has to cope with it. */
public final class DegenerateCandles {
    private static final int COUNT = 420;
    private static final long START = 1_700_000_000_000L / 3_600_000 * 3_600_000;
    private static final long STEP = 3_600_000;

    private final Map<String, List<Candle>> series = new LinkedHashMap<>();
    private final Random random;

    private DegenerateCandles(long seed) {
        random = new Random(seed);
    }

    /** By name; the same for the same seed. */
    public static Map<String, List<Candle>> all(long seed) {
        var candles = new DegenerateCandles(seed);
        candles.addStill();
        candles.addShaped();
        candles.addExtreme();
        candles.addScaled();
        return candles.series;
    }

    private void addStill() {
        add("flat", i -> candle(i, 100, 100, 100, 100, 10));
        add("flat without volume", i -> candle(i, 100, 100, 100, 100, 0));
        add("flat at zero", i -> candle(i, 0, 0, 0, 0, 10));
        add("flat but for the newest", i -> i < COUNT - 1 ? candle(i, 5, 5, 5, 5, 1) : candle(i, 5, 7, 4, 6, 9));
        add("one price a candle", i -> at(i, 100 + random.nextInt(5), 10));
        add("steps", i -> at(i, 100 + i / 60, 10));
        add("two prices in turns", i -> candle(i, 100, 101, 100, 100 + i % 2, 10));
    }

    private void addShaped() {
        add("rising", i -> candle(i, 100 + i, 102 + i, 99 + i, 101 + i, 10));
        add("falling", i -> candle(i, 1000 - i, 1001 - i, 998 - i, 999 - i, 10));
        add("below zero", i -> candle(i, -100 + i % 3, -90, -110, -100 + i % 5, 10));
        add("across zero", i -> candle(i, i % 7 - 3, 5, -5, i % 5 - 2, 10));
        add("open and close outside of the range", i -> candle(i, 120 + i % 3, 101, 99, 80 + i % 5, 10));
        add("without volume in parts", i -> candle(i, 100, 101, 99, 100 + 0.01 * (i % 9), i / 30 % 2 * 10));
        add("with gaps", i -> candle(i * (1 + i % 5), 100 + i % 13, 120, 90, 100 + i % 11, 10));
        add("one wild spike", i -> i % 97 == 50 ? candle(i, 1, 1e12, 1e-12, 5, 1e15) : at(i, 100 + i % 3, 1));
    }

    private void addExtreme() {
        var largest = Double.MAX_VALUE;
        var smallest = Double.MIN_VALUE;
        add("largest", i -> candle(i, largest, largest, -largest, largest, largest));
        add("largest in turns", i -> at(i, i % 2 == 0 ? largest : -largest, largest));
        add("smallest", i -> candle(i, smallest, (1 + i % 3) * smallest, smallest, smallest, smallest));
        add("growing to the largest", i -> at(i, Math.pow(10, -300 + i * 600.0 / COUNT), 10));
        add("shrinking to the smallest", i -> at(i, Math.pow(10, 300 - i * 620.0 / COUNT), 10));
        add("any finite numbers", i -> ordered(i, any(), any(), any(), any()));
        add("any small numbers", i -> ordered(i, small(), small(), small(), small()));
    }

    private void addScaled() {
        for (var scale : List.of(1.0, 1e-12, 1e-300, 1e15, 1e154, 1e300)) {
            series.put("generated times " + scale, scaled(price -> price * scale));
        }
    }

    private static List<Candle> scaled(DoubleUnaryOperator price) {
        return GeneratedCandles.all().stream()
                .map(candle -> new Candle(
                        candle.openTime(),
                        price.applyAsDouble(candle.open()),
                        price.applyAsDouble(candle.high()),
                        price.applyAsDouble(candle.low()),
                        price.applyAsDouble(candle.close()),
                        candle.volume()))
                .toList();
    }

    private void add(String name, IntFunction<Candle> candle) {
        var candles = new ArrayList<Candle>(COUNT);
        for (var i = 0; i < COUNT; i++) {
            candles.add(candle.apply(i));
        }
        series.put(name, candles);
    }

    private double any() {
        var number = Double.longBitsToDouble(random.nextLong());
        return Double.isFinite(number) ? number : 0;
    }

    private double small() {
        return random.nextInt(4);
    }

    private Candle ordered(int i, double open, double close, double one, double other) {
        return candle(i, open, Math.max(one, other), Math.min(one, other), close, Math.abs(any()));
    }

    private static Candle at(int i, double price, double volume) {
        return candle(i, price, price, price, price, volume);
    }

    private static Candle candle(int i, double open, double high, double low, double close, double volume) {
        return new Candle(START + i * STEP, open, high, low, close, volume);
    }
}
