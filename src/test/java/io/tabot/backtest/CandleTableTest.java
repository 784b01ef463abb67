package io.tabot.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tabot.market.Candle;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CandleTableTest {
    @Test
    void growsAndKeepsEveryCandle() {
        var candles = IntStream.range(0, 5_000)
                .mapToObj(i -> new Candle(i, i + 0.1, i + 0.4, i, i + 0.2, i + 0.3))
                .toList();

        var table = CandleTable.of(candles);

        assertThat(table.size()).isEqualTo(5_000);
        assertThat(IntStream.range(0, 5_000).mapToObj(table::candle)).isEqualTo(candles);
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5})
    void refusesACandleThatIsNotNewer(long openTime) {
        var table = CandleTable.of(List.of(new Candle(5, 1, 1, 1, 1, 1)));

        assertThatThrownBy(() -> table.add(new Candle(openTime, 1, 1, 1, 1, 1)))
                .hasMessage("open time " + openTime + " does not come after 5");
    }

    @ParameterizedTest
    @CsvSource({"1, 4, 1", "4, 4, 4", "5, 4, 3", "9, 4, 3", "4000, 4000, 4000", "10001, 4000, 3334"})
    void mergesIntoBarsThatLoseNoPrice(int candles, int barsMax, int expected) {
        var table = CandleTable.of(IntStream.range(0, candles)
                .mapToObj(i -> new Candle(i, i + 1, 2 * i + 9, -i, i + 2, 1))
                .toList());

        var bars = new MergedBars(table, barsMax);

        assertThat(bars.count()).isEqualTo(expected);
        assertThat(bars.open(0)).isEqualTo(1);
        assertThat(bars.close(expected - 1)).isEqualTo(candles + 1);
        assertThat(bars.high(expected - 1)).isEqualTo(2 * (candles - 1) + 9);
        assertThat(bars.low(expected - 1)).isEqualTo(1 - candles);
        assertThat(IntStream.range(0, expected).mapToLong(bars::openTime)).isSorted();
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.001, 0.11, 1, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesCostsThatAreNoSmallShare(double share) {
        assertThatThrownBy(() -> new Costs(share, 0)).hasMessageContaining("fee " + share + " is not a share");
        assertThatThrownBy(() -> new Costs(0, share)).hasMessageContaining("slippage " + share + " is not a share");
    }
}
