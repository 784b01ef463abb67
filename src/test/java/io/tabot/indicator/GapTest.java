package io.tabot.indicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** NaN among the input: the averages keep their value, and what follows the gap counts for more. */
class GapTest {

    private static final double NONE = Double.NaN;

    @Test
    void wilderAverageWeighsTheFirstValueAfterAGapMore() {
        double[] out = new double[6];

        Rma.compute(new double[] {2, 4, 6, NONE, NONE, 10}, 0, 6, 2, out);

        double old = 0.5 * 0.5 * 0.5;
        assertThat(out[4]).isEqualTo(out[2]).isEqualTo(4.5);
        assertThat(out[5]).isCloseTo((old * 4.5 + 10 / 2.0) / (old + 0.5), within(1e-15));
    }

    @Test
    void wilderAverageIsSeededWithTheValuesThereAre() {
        double[] out = new double[5];

        Rma.compute(new double[] {NONE, 4, 6, 6, 6}, 0, 5, 3, out);

        assertThat(out).startsWith(NONE, NONE, 5);
        assertThat(out[3]).isBetween(5.0, 6.0);
    }

    @Test
    void wilderAverageWithoutASeedStartsAtTheFirstValue() {
        double[] out = new double[5];

        Rma.compute(new double[] {NONE, NONE, NONE, 8, 4}, 0, 5, 2, out);

        assertThat(out).containsExactly(NONE, NONE, NONE, 8, 6);
    }

    @Test
    void adjustedAverageDecaysOverAGap() {
        double[] out = new double[4];

        Ema.adjusted(new double[] {1, NONE, NONE, 5}, 0, 4, 3, out);

        assertThat(out[3]).isCloseTo((0.125 * 1 + 5) / (0.125 + 1), within(1e-15));
    }

    @Test
    void movingWindowsAreUndefinedWhileTheGapIsInThem() {
        double[] in = {1, NONE, 3, 5, 4};
        double[] mean = new double[5];
        double[] highest = new double[5];
        double[] lowest = new double[5];

        MovingAverage.simple(in, 0, 5, 2, mean);
        Extremes.highest(in, 0, 5, 2, highest);
        Extremes.lowest(in, 0, 5, 2, lowest);

        assertThat(mean).containsExactly(NONE, NONE, NONE, 4, 4.5);
        assertThat(highest).containsExactly(NONE, NONE, NONE, 5, 5);
        assertThat(lowest).containsExactly(NONE, NONE, NONE, 3, 4);
    }

    @Test
    void rsiSkipsMissingCloses() {
        double[] out = new double[6];

        Rsi.wilder(new double[] {1, 2, 1, NONE, 3, 4}, 0, 6, 3, out);

        assertThat(out[3]).isEqualTo(out[2]).isEqualTo(out[4]).isEqualTo(50);
        assertThat(out[5]).isGreaterThan(50);
    }
}
