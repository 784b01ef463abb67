package io.tabot.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tabot.backtest.EquityCurve.Point;
import io.tabot.backtest.Trade.Exit;
import io.tabot.market.Candle;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EquityCurveTest {
    private static final CandleTable CANDLES = candles(100, 104, 120, 90, 80, 100);

    @Test
    void marksAnOpenPositionAtTheClose() {
        var trades = List.of(trade(Side.LONG, 1, 100, 3, 110), trade(Side.SHORT, 4, 100, 5, 50));

        assertThat(values(EquityCurve.of(CANDLES, trades, Costs.NONE)))
                .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-12 ? 0 : Double.compare(a, b))
                .containsExactly(1.0, 1.04, 1.2, 1.1, 1.1 * 1.2, 1.1 * 1.5);
    }

    @Test
    void countsTheFeeOfTheEntryAtOnceAndThatOfTheExitAtTheExit() {
        var costs = new Costs(0.01, 0);
        var growth = Side.LONG.growth(100, 120, costs);
        var trades = List.of(new Trade(Side.LONG, 1, 100, 1, 1, 2, 120, Exit.CLOSE, growth - 1));

        var curve = EquityCurve.of(CANDLES, trades, costs);

        assertThat(curve.at(1)).isCloseTo(104 / 101.0, within(1e-12));
        assertThat(curve.at(2)).isCloseTo(120 * 0.99 / 101, within(1e-12));
    }

    @Test
    void aPositionThatIsTurnedAroundGoesOnFromTheSameCandle() {
        var trades = List.of(trade(Side.LONG, 1, 100, 2, 110), trade(Side.SHORT, 2, 110, 4, 88));

        var curve = EquityCurve.of(CANDLES, trades, Costs.NONE);

        assertThat(curve.at(2)).isCloseTo(1.1 * (2 - 120 / 110.0), within(1e-12));
        assertThat(curve.at(5)).isCloseTo(1.1 * 1.2, within(1e-12));
    }

    @Test
    void isNeverBelowNothing() {
        var trades = List.of(new Trade(Side.SHORT, 1, 40, 1, 1, 4, 80, Exit.RUIN, -1));

        assertThat(values(EquityCurve.of(CANDLES, trades, Costs.NONE))).containsExactly(1, 0, 0, 0, 0, 0);
    }

    @ParameterizedTest
    @CsvSource({"1, 10, 1", "2, 10, 2", "10, 10, 10", "11, 10, 6", "12, 10, 7", "1000, 10, 10", "1001, 11, 11"})
    void isSampledFromTheFirstCandleToTheLast(int candles, int pointsMax, int expected) {
        var table = candles(IntStream.range(0, candles).mapToDouble(i -> 100).toArray());

        var points = EquityCurve.of(table, List.of(), Costs.NONE).sampled(pointsMax);

        assertThat(points).hasSize(expected).first().isEqualTo(new Point(0, 1));
        assertThat(points).last().isEqualTo(new Point(candles - 1, 1));
        assertThat(points).doesNotHaveDuplicates();
    }

    private static CandleTable candles(double... closes) {
        var table = new CandleTable();
        for (var i = 0; i < closes.length; i++) {
            table.add(new Candle(i, closes[i], closes[i], closes[i], closes[i], 1));
        }
        return table;
    }

    private static Trade trade(Side side, int entry, double entryPrice, int exit, double exitPrice) {
        var growth = side.growth(entryPrice, exitPrice, Costs.NONE);
        return new Trade(side, entry, entryPrice, 1, 1, exit, exitPrice, Exit.OPPOSITE, growth - 1);
    }

    private static double[] values(EquityCurve curve) {
        return IntStream.range(0, curve.size()).mapToDouble(curve::at).toArray();
    }
}
