package io.tabot.indicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tabot.testing.CandleColumns;
import io.tabot.testing.RandomCandles;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Single values that the formulas alone do not give away. */
class EdgeValueTest {

    private static final double[] NOTHING = {};

    @Test
    void theMeanOfEqualValuesIsThatValueWhateverCameBefore() {
        double[] in = {1e16, 3, 0.1, 0.1, 0.1};
        double[] out = new double[5];

        MovingAverage.simple(in, 0, 5, 3, out);

        assertThat(out[4]).isEqualTo(0.1);
    }

    @Test
    void theMeanOfPositiveValuesIsNotNegative() {
        // The sum along the series has lost so much by then that it is below zero.
        double[] in = {1e17, 20, 0.1, 1e-20, 2e-20};
        double[] out = new double[5];

        MovingAverage.simple(in, 0, 5, 2, out);

        assertThat(out[4]).isZero();
    }

    @Test
    void aFlatCandleAddsTheMachineEpsilonToEveryRange() {
        CandleColumns flat = RandomCandles.of(1, 3, 1.0, 0.5);

        assertThat(Formula.trueRange().compute(flat, 0, 3)).containsExactly(Double.NaN, 0x1p-52, 0x1p-52);
    }

    @Test
    void rsiOfRisesAloneIsOneHundred() {
        double[] out = new double[4];

        Rsi.adjusted(new double[] {1, 2, 3, 4}, 0, 4, 2, out);

        assertThat(out).containsExactly(Double.NaN, Double.NaN, 100, 100);
    }

    @Test
    void adxIsTheDirectionItselfAtItsFirstIndex() {
        CandleColumns candles = RandomCandles.of(1, 4, 1.0, 1.0, 2.0);
        Arrays.setAll(candles.high(), i -> 10.0 + i);
        Arrays.setAll(candles.low(), i -> 9.0 + i);

        assertThat(Formula.adx(3).compute(candles, 0, 4)).containsExactly(Double.NaN, Double.NaN, 100, 100);
    }

    @Test
    void theSpansShowWhatWasKnownOneShiftAgo() {
        CandleColumns candles = RandomCandles.walk(7, 120);
        double[] middle = Formula.midpoint(52).compute(candles, 0, 120);

        double[] spanB = Formula.spanB(52, 26).compute(candles, 0, 120);

        assertThat(Arrays.copyOfRange(spanB, 26, 120)).isEqualTo(Arrays.copyOf(middle, 94));
        assertThat(spanB[76]).isNaN();
        assertThat(spanB[77]).isEqualTo(Midpoint.at(candles.high(), candles.low(), 51, 52));
    }

    @Test
    void extremesAreThoseOfASearchOfEachWindow() {
        CandleColumns candles = RandomCandles.walk(11, 300);
        double[] highest = Formula.highest(20).compute(candles, 0, 300);
        double[] lowest = Formula.lowest(20).compute(candles, 0, 300);

        for (int i = 19; i < 300; i++) {
            assertThat(highest[i])
                    .isEqualTo(
                            Arrays.stream(candles.high(), i - 19, i + 1).max().getAsDouble());
            assertThat(lowest[i])
                    .isEqualTo(Arrays.stream(candles.low(), i - 19, i + 1).min().getAsDouble());
        }
    }

    @Test
    void aPatternThatTouchesIsInsideButNotOutside() {
        double[] high = {10, 10, 11};
        double[] low = {8, 8, 7};

        assertThat(BarPattern.isInside(high, low, 1)).isTrue();
        assertThat(BarPattern.isOutside(high, low, 1)).isFalse();
        assertThat(BarPattern.isInside(high, low, 2)).isFalse();
        assertThat(BarPattern.isOutside(high, low, 2)).isTrue();
    }

    @Test
    void refusesPeriodsThatMeanNothing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Ema.seeded(NOTHING, 0, 0, 0, NOTHING))
                .withMessage("period must be at least 1, but is 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Macd.compute(NOTHING, 0, 0, 26, 12, 9, NOTHING, NOTHING, NOTHING))
                .withMessage("slow must be above fast (26), but is 12");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Macd.compute(NOTHING, 0, 0, 12, 26, 0, NOTHING, NOTHING, NOTHING))
                .withMessage("signal must be at least 1, but is 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Ichimoku.spanB(NOTHING, NOTHING, 0, 0, 52, 0, NOTHING))
                .withMessage("shift must be at least 1, but is 0");
    }

    @Test
    void everyPeriodIsChecked() {
        CandleColumns none = new CandleColumns(0);
        // Only those without a period accept 0.
        long accepting = Formula.all(0).stream()
                .filter(formula -> accepts(formula, none))
                .count();
        assertThat(accepting).isEqualTo(3);
    }

    private static boolean accepts(Formula formula, CandleColumns none) {
        try {
            formula.compute(none, 0, 0);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
