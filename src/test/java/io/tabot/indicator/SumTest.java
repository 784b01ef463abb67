package io.tabot.indicator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SumTest {

    /** Values whose sum depends on the order of the additions; the expected bits are those of numpy 2.4.6. */
    private static final double[] VALUES = new double[600];

    static {
        Arrays.setAll(VALUES, i -> (i + 1) * 7919 % 1000 / 7.0 + 0.1 * (i + 1));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0x1.06c57c57c57c5p7",
        "7, 0x1.5366666666667p9",
        "8, 0x1.6cf15f15f15f1p9",
        "15, 0x1.2ab6db6db6db7p10",
        "16, 0x1.4441d41d41d42p10",
        "100, 0x1.dd8b6db6db6ddp12",
        "128, 0x1.38b15f15f15f2p13",
        "129, 0x1.3b8e492492493p13",
        "136, 0x1.4a05f15f15f16p13",
        "200, 0x1.fccb6db6db6dcp13",
        "300, 0x1.9744p14",
        "600, 0x1.dc76492492492p15"
    })
    void addsInTheOrderOfNumpy(int length, String expected) {
        assertThat(Sum.pairwise(VALUES, 0, length)).isEqualTo(Double.parseDouble(expected));
    }

    @Test
    void squaredDeviationsAreAddedInTheSameOrder() {
        double[] squares = Arrays.stream(VALUES).map(x -> (x - 50) * (x - 50)).toArray();

        for (int length = 0; length <= 600; length++) {
            assertThat(Sum.squaredDeviations(VALUES, 0, length, 50)).isEqualTo(Sum.pairwise(squares, 0, length));
        }
    }

    @Test
    void noValuesAddUpToZeroAndHaveNoMean() {
        assertThat(Sum.pairwise(VALUES, 3, 0)).isZero();
        assertThat(Mean.pairwise(VALUES, 3, 0)).isNaN();
        assertThat(Mean.pairwise(VALUES, 0, 300)).isEqualTo(0x1.9744p14 / 300);
    }
}
