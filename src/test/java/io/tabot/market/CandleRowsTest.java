package io.tabot.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CandleRowsTest {
    private final CandleRows rows = new CandleRows();

    @Test
    void readsARowBitForBit() {
        assertThat(rows.next("1719792000000,62669.14,63752.35,-1e-3,+.5,2453.91875093"))
                .isEqualTo(new Candle(1719792000000L, 62669.14, 63752.35, -0.001, 0.5, 2453.91875093));
    }

    @Test
    void takesTimesBefore1970() {
        assertThat(rows.next("-631152000000,1,1,1,1,0").openTime()).isEqualTo(-631152000000L);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | a row has 6 columns, this one 1",
                "2000,1,1,1,1 | a row has 6 columns, this one 5",
                "2000,1,1,1,1,1, | a row has 6 columns, this one 7",
                "2000,1,1,1,1,1,2,3 | a row has 6 columns, this one 8",
                "2024-01-01,1,1,1,1,1 | timestamp '2024-01-01' is not a whole number",
                "1e3,1,1,1,1,1 | timestamp '1e3' is not a whole number",
                "1719792000000000,1,1,1,1,1 | timestamp 1719792000000000 is not in milliseconds since 1970",
                "1000,1,1,1,1,1 | timestamp 1000 does not come after 1000",
                "999,1,1,1,1,1 | timestamp 999 does not come after 1000",
                "2000,,1,1,1,1 | open '' is not a number",
                "2000,1,x,1,1,1 | high 'x' is not a number",
                "2000,1,1,'\"1\"',1,1 | low ''\"1\"'' is not a number",
                "2000,1,1,1, 1,1 | close ' 1' is not a number",
                "2000,1,1,1,1,1d | volume '1d' is not a number",
                "2000,NaN,1,1,1,1 | open 'NaN' is not a number",
                "2000,1,1e999,1,1,1 | high is not a finite number: Infinity",
                "2000,1,1,1,1,-0.1 | volume -0.1 is negative",
                "2000,1,1,1.5,1,1 | low 1.5 is above high 1.0"
            })
    void refusesABadRow(String row, String message) {
        rows.next("1000,1,1,1,1,1");

        assertThatIllegalArgumentException().isThrownBy(() -> rows.next(row)).withMessage(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "timestamp,open,high,low,close", "Timestamp,open,high,low,close,volume", "1,2,3,4,5,6"})
    void refusesAnotherHeader(String header) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CandleRows.checkHeader(header))
                .withMessage("the header has to be timestamp,open,high,low,close,volume");
    }

    @Test
    void toleratesAByteOrderMark() {
        assertThatCode(() -> CandleRows.checkHeader("\uFEFF" + CandleRows.HEADER))
                .doesNotThrowAnyException();
    }
}
