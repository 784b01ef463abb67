package io.tabot.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubjectPatternTest {
    @ParameterizedTest
    @CsvSource({
        "candles.*.*, candles.*.*, true",
        "candles.>, candles.*.*, true",
        ">, candles.*.*, true",
        "candles.*.>, candles.BTCUSDT.1m, true",
        "candles.>, candles, false",
        "candles.*.*, candles.>, false",
        "candles.*.*, candles.*, false",
        "candles.BTCUSDT.*, candles.*.*, false",
        "candles.BTCUSDT.*, candles.BTCUSDT.1m, true",
        "a.b, a.b.c, false",
    })
    void coversWhatItMatchesInFull(String general, String special, boolean covers) {
        assertThat(SubjectPattern.covers(general, special)).isEqualTo(covers);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"cio.intent.trading", "cio.intent.trading.", "cio.intent.trading.*", "cio.intent.trading.>"})
    void stripsWhatAConsumersPatternEndsWith(String subject) {
        assertThat(SubjectPattern.base(subject)).isEqualTo("cio.intent.trading");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "*", ">", "a.*.b", "a..b", "a b", ".a"})
    void refusesAnImpossibleBase(String subject) {
        assertThatIllegalArgumentException().isThrownBy(() -> SubjectPattern.base(subject));
    }

    @Test
    void knowsTheSubjectOfASeries() {
        var symbol = new Symbol("BTCUSDT");

        assertThat(SubjectPattern.subjectOf("candles.*.*", symbol, Timeframe.ONE_HOUR))
                .contains("candles.BTCUSDT.1h");
        assertThat(SubjectPattern.subjectOf("spot.candles.>", symbol, Timeframe.ONE_MONTH))
                .contains("spot.candles.BTCUSDT.1M");
        assertThat(SubjectPattern.subjectOf("candles.BTCUSDT.*", symbol, Timeframe.ONE_HOUR))
                .contains("candles.BTCUSDT.1h");
        assertThat(SubjectPattern.subjectOf("candles.ETHUSDT.*", symbol, Timeframe.ONE_HOUR))
                .isEmpty();
        assertThat(SubjectPattern.subjectOf("candles.*.*", new Symbol("A.B"), Timeframe.ONE_HOUR))
                .isEmpty();
    }
}
