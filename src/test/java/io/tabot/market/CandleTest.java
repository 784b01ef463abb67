package io.tabot.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CandleTest {
    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void refusesWhatIsNotANumberInEveryField(double value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Candle(0, value, 2, 1, 1, 1))
                .withMessageContaining("open");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Candle(0, 1, value, 1, 1, 1))
                .withMessageContaining("high");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Candle(0, 1, 2, value, 1, 1))
                .withMessageContaining("low");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Candle(0, 1, 2, 1, value, 1))
                .withMessageContaining("close");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Candle(0, 1, 2, 1, 1, value))
                .withMessageContaining("volume");
    }

    @Test
    void refusesALowAboveItsHighAndANegativeVolume() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Candle(0, 1, 1, 2, 1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Candle(0, 1, 2, 1, 1, -1));
    }

    @Test
    void takesACandleWithoutRangeOrVolume() {
        assertThat(new Candle(0, 1, 1, 1, 1, 0).volume()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLM"})
    void refusesASymbolThatIsBlankOrTooLong(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Symbol(name));
    }
}
