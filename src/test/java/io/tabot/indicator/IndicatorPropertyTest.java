package io.tabot.indicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.tabot.testing.CandleColumns;
import io.tabot.testing.RandomCandles;
import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every indicator, whatever it computes. A failure names the seed that repeats it. */
class IndicatorPropertyTest {

    private static final int LONGEST = 300;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 50);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void dependsOnNothingOutsideTheRange(long seed) {
        Random random = new Random(seed);
        int period = 1 + random.nextInt(40);
        int length = 1 + random.nextInt(LONGEST);
        int from = random.nextInt(100);
        CandleColumns alone = RandomCandles.walk(seed, length);
        CandleColumns amongNoise = noise(random, from + length + random.nextInt(100));
        copy(alone, amongNoise, from);

        for (Formula formula : Formula.all(period)) {
            assertThat(formula.compute(amongNoise, from, length))
                    .as("%s(%d), seed %d, %d candles from %d", formula.name(), period, seed, length, from)
                    .isEqualTo(formula.compute(alone, 0, length));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void leavesTheRestOfTheOutputAlone(long seed) {
        Random random = new Random(seed);
        int period = 1 + random.nextInt(40);
        int length = random.nextInt(80);
        CandleColumns candles = RandomCandles.walk(seed, 80);

        for (Formula formula : Formula.all(period)) {
            double[] out = new double[100];
            Arrays.fill(out, -7.0);
            formula.compute(candles, 0, length, out);
            assertThat(Arrays.copyOfRange(out, length, out.length))
                    .as("%s(%d), seed %d, %d candles", formula.name(), period, seed, length)
                    .containsOnly(-7.0);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void scalesWithThePricesExactlyByAPowerOfTwo(long seed) {
        Random random = new Random(seed);
        int period = 1 + random.nextInt(40);
        double scale = Math.scalb(1.0, random.nextInt(61) - 20);
        CandleColumns candles = RandomCandles.walk(seed, LONGEST);
        CandleColumns scaled = withPrices(candles, price -> price * scale);

        for (Formula formula : Formula.all(period)) {
            double[] expected = formula.compute(candles, 0, LONGEST);
            if (formula.priceUnit()) {
                Arrays.setAll(expected, i -> expected[i] * scale);
            }
            assertThat(formula.compute(scaled, 0, LONGEST))
                    .as("%s(%d), seed %d, prices times %s", formula.name(), period, seed, scale)
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest(name = "period {0}")
    @ValueSource(ints = {1, 2, 9, 14, 26, 52, 129, 200, 300})
    void aLongerRangeKeepsEveryEarlierValue(int period) {
        CandleColumns candles = RandomCandles.walk(period, LONGEST);

        for (Formula formula : Formula.all(period)) {
            double[] longest = formula.compute(candles, 0, LONGEST);
            for (int length = 1; length <= LONGEST; length++) {
                double[] expected = Arrays.copyOf(longest, length);
                if (formula.absent(length)) {
                    Arrays.fill(expected, Double.NaN);
                }
                assertThat(formula.compute(candles, 0, length))
                        .as("%s(%d), seed %d, %d candles", formula.name(), period, period, length)
                        .isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest(name = "period {0}")
    @ValueSource(ints = {1, 2, 14, 26, 129, 300})
    void neverThrowsOnFiniteCandles(int period) {
        for (CandleColumns candles : oddities()) {
            for (Formula formula : Formula.all(period)) {
                for (int length = 0; length <= LONGEST; length++) {
                    int candlesUsed = length;
                    assertThatCode(() -> formula.compute(candles, 0, candlesUsed))
                            .as("%s(%d), prices like %s", formula.name(), period, candles.close()[0])
                            .doesNotThrowAnyException();
                }
            }
        }
    }

    @ParameterizedTest(name = "price {0}")
    @ValueSource(doubles = {1e-9, 1.0, 1e12})
    void aFlatMarketKeepsItsPriceExactly(double price) {
        CandleColumns flat = RandomCandles.of(1, 250, 0.0, price);

        for (Formula formula : new Formula[] {
            Formula.simple(20),
            Formula.adjusted(80),
            Formula.middle(20),
            Formula.midpoint(26),
            Formula.highest(9),
            Formula.lowest(9),
            Formula.spanB(52, 26)
        }) {
            assertThat(formula.compute(flat, 0, 250)[249]).as(formula.name()).isEqualTo(price);
        }
        assertThat(Formula.rsi(14).compute(flat, 0, 250)).containsOnly(Double.NaN);
        assertThat(Formula.rsiAdjusted(2).compute(flat, 0, 250)).containsOnly(Double.NaN);
        assertThat(Formula.adx(14).compute(flat, 0, 250)).containsOnly(Double.NaN);
        assertThat(Formula.vwap().compute(flat, 0, 250)).containsOnly(Double.NaN);
        assertThat(Formula.wickRatio().compute(flat, 0, 250)).containsOnly(Double.NaN);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void oscillatorsStayBetweenTheirLimits(long seed) {
        CandleColumns candles = RandomCandles.walk(seed, LONGEST);

        for (Formula formula : new Formula[] {Formula.rsi(14), Formula.rsiAdjusted(2), Formula.adx(14)}) {
            double[] values = formula.compute(candles, 0, LONGEST);
            assertThat(Arrays.stream(values, 14, LONGEST))
                    .as("%s, seed %d", formula.name(), seed)
                    .allMatch(value -> value >= 0 && value <= 100 + 1e-9);
        }
    }

    private static CandleColumns[] oddities() {
        return new CandleColumns[] {
            RandomCandles.of(1, LONGEST, 10.0, 100.0),
            RandomCandles.of(2, LONGEST, 0.0, 99.0, 100.0, 101.0),
            RandomCandles.of(3, LONGEST, 1e15, 1e-9, 1.1e-9, 1.2e-9),
            RandomCandles.of(4, LONGEST, 1e-9, 1e12, 1.1e12, 1.2e12),
            RandomCandles.of(5, LONGEST, 1.0, 0.0, 1e-300, 1e300),
            RandomCandles.of(6, LONGEST, Double.MAX_VALUE, Double.MAX_VALUE, -Double.MAX_VALUE, Double.MIN_VALUE),
        };
    }

    private static CandleColumns noise(Random random, int length) {
        CandleColumns noise = new CandleColumns(length);
        double[] values = {Double.NaN, Double.POSITIVE_INFINITY, 0.0, -1e9, 1e9};
        for (double[] column : columns(noise)) {
            Arrays.setAll(column, i -> values[random.nextInt(values.length)]);
        }
        Arrays.setAll(noise.openTime(), i -> random.nextLong());
        return noise;
    }

    private static void copy(CandleColumns source, CandleColumns target, int at) {
        System.arraycopy(source.openTime(), 0, target.openTime(), at, source.length());
        for (int i = 0; i < columns(source).length; i++) {
            System.arraycopy(columns(source)[i], 0, columns(target)[i], at, source.length());
        }
    }

    private static CandleColumns withPrices(CandleColumns candles, DoubleUnaryOperator change) {
        CandleColumns changed = new CandleColumns(candles.length());
        copy(candles, changed, 0);
        for (double[] column : Arrays.copyOf(columns(changed), 4)) {
            Arrays.setAll(column, i -> change.applyAsDouble(column[i]));
        }
        return changed;
    }

    private static double[][] columns(CandleColumns candles) {
        return new double[][] {candles.open(), candles.high(), candles.low(), candles.close(), candles.volume()};
    }
}
