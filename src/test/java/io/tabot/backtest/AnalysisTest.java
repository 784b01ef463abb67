package io.tabot.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tabot.backtest.Trade.Exit;
import io.tabot.market.Candle;
import io.tabot.market.Timeframe;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** ta4j's figures against the same ones in plain arithmetic. */
class AnalysisTest {
    private static final Offset<Double> ROUNDING = within(1e-12);
    private static final double SECONDS_A_YEAR = 365.2425 * 24 * 3600;
    private static final Costs COSTS = new Costs(0.001, 0);

    @Test
    void agreesWithArithmeticByHand() {
        var candles = candles(100, 100, 110, 121, 120, 90, 60, 80, 88);
        var won = trade(Side.LONG, 1, 100, 3, 121);
        var lost = trade(Side.SHORT, 4, 120, 7, 150);
        var trades = List.of(won, lost);

        var criteria = analysis(candles).of(trades, EquityCurve.of(candles, trades, COSTS));

        var first = 121 * 0.999 / (100 * 1.001);
        var second = 2 - 150 * 1.001 / (120 * 0.999);
        assertThat(criteria.trades()).isEqualTo(2);
        assertThat(criteria.winRate()).isEqualTo(0.5);
        assertThat(criteria.totalReturn()).isCloseTo(first * second - 1, ROUNDING);
        // From the short's best close, 60, down to its exit.
        assertThat(criteria.maxDrawdown()).isCloseTo(1 - second / (2 - 60 / (120 * 0.999)), ROUNDING);
        assertThat(criteria.profitFactor()).isCloseTo((first - 1) / (first - first * second), ROUNDING);
        assertThat(criteria.exposure()).isCloseTo(7.0 / 9, ROUNDING);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void agreesWithArithmeticOnRandomTrades(long seed) {
        var random = new Random(seed);
        var closes = random.doubles(500, 80, 120).toArray();
        var candles = candles(closes);
        var trades = trades(random, closes);

        var curve = EquityCurve.of(candles, trades, COSTS);
        var criteria = analysis(candles).of(trades, curve);

        var wins = trades.stream().filter(trade -> trade.profit() > 0).count();
        var growth = trades.stream().mapToDouble(Trade::growth).reduce(1, (a, b) -> a * b);
        assertThat(criteria.winRate()).as("seed %d", seed).isCloseTo((double) wins / trades.size(), ROUNDING);
        assertThat(criteria.totalReturn()).as("seed %d", seed).isCloseTo(growth - 1, ROUNDING);
        assertThat(criteria.maxDrawdown()).as("seed %d", seed).isCloseTo(drawdown(curve), ROUNDING);
        assertThat(criteria.sharpeRatio()).as("seed %d", seed).isCloseTo(sharpe(curve), within(1e-9));
        assertThat(criteria.profitFactor()).as("seed %d", seed).isCloseTo(profitFactor(trades), within(1e-9));
    }

    @Test
    void withoutTradesThereIsNothingToDivide() {
        var candles = candles(100, 110, 90);

        var criteria = analysis(candles).of(List.of(), EquityCurve.of(candles, List.of(), COSTS));

        assertThat(criteria).isEqualTo(new Criteria(0, null, 0, 0, null, null, 0));
    }

    @Test
    void withoutLossesThereIsNoProfitFactor() {
        var candles = candles(100, 100, 110);
        var trades = List.of(trade(Side.LONG, 1, 100, 2, 110));

        assertThat(analysis(candles)
                        .of(trades, EquityCurve.of(candles, trades, COSTS))
                        .profitFactor())
                .isNull();
    }

    @Test
    void aPositionThatIsTurnedAroundIsNotExposedTwice() {
        var candles = candles(100, 100, 110, 120);
        var trades = List.of(trade(Side.LONG, 1, 100, 2, 110), trade(Side.SHORT, 2, 110, 3, 120));

        assertThat(analysis(candles)
                        .of(trades, EquityCurve.of(candles, trades, COSTS))
                        .exposure())
                .isEqualTo(0.75);
    }

    @Test
    void theTotalIsAnEqualShareInEachAccount() {
        var candles = candles(100, 100, 110, 99);
        var one = List.of(trade(Side.LONG, 1, 100, 2, 110));
        var other = List.of(trade(Side.SHORT, 1, 100, 3, 99));
        var mean = new EquityCurve.Mean(4);
        mean.add(EquityCurve.of(candles, one, COSTS));
        mean.add(EquityCurve.of(candles, other, COSTS));
        mean.add(EquityCurve.of(candles, List.of(), COSTS));

        var criteria = analysis(candles).ofAll(List.of(one, other, List.of()), mean.curve());

        assertThat(criteria.trades()).isEqualTo(2);
        assertThat(criteria.winRate()).isEqualTo(1);
        assertThat(criteria.totalReturn())
                .isCloseTo((one.getFirst().profit() + other.getFirst().profit()) / 3, ROUNDING);
        assertThat(criteria.exposure()).isCloseTo((2.0 / 4 + 3.0 / 4 + 0) / 3, ROUNDING);
    }

    @Test
    void takesASingleCandle() {
        var candles = candles(100);

        assertThat(analysis(candles).of(List.of(), EquityCurve.of(candles, List.of(), COSTS)))
                .isEqualTo(new Criteria(0, null, 0, 0, null, null, 0));
    }

    private static Analysis analysis(CandleTable candles) {
        return new Analysis(candles, Timeframe.ONE_HOUR, COSTS);
    }

    /** An hour each; every price of a candle is its close. */
    private static CandleTable candles(double... closes) {
        var table = new CandleTable();
        for (var i = 0; i < closes.length; i++) {
            table.add(new Candle(i * 3_600_000L, closes[i], closes[i], closes[i], closes[i], 1));
        }
        return table;
    }

    private static Trade trade(Side side, int entry, double entryPrice, int exit, double exitPrice) {
        var growth = side.growth(entryPrice, exitPrice, COSTS);
        return new Trade(side, entry, entryPrice, 1, 1, exit, exitPrice, Exit.OPPOSITE, growth - 1);
    }

    /** One after the other, some of them turning around on a candle; none of them loses everything. */
    private static List<Trade> trades(Random random, double[] closes) {
        var trades = new ArrayList<Trade>();
        for (var entry = 1; entry < closes.length - 20; ) {
            var exit = entry + random.nextInt(10);
            var side = random.nextBoolean() ? Side.LONG : Side.SHORT;
            var drift = 1 + 0.1 * random.nextGaussian();
            trades.add(trade(side, entry, closes[entry], exit, closes[entry] * Math.clamp(drift, 0.8, 1.2)));
            entry = exit + random.nextInt(3) + (exit == entry ? 1 : 0);
        }
        return trades;
    }

    private static double drawdown(EquityCurve curve) {
        var peak = 1.0;
        var worst = 0.0;
        for (var i = 0; i < curve.size(); i++) {
            peak = Math.max(peak, curve.at(i));
            worst = Math.max(worst, (peak - curve.at(i)) / peak);
        }
        return worst;
    }

    private static double sharpe(EquityCurve curve) {
        var count = curve.size() - 1;
        var mean = 0.0;
        for (var i = 1; i <= count; i++) {
            mean += (curve.at(i) / curve.at(i - 1) - 1) / count;
        }
        var squares = 0.0;
        for (var i = 1; i <= count; i++) {
            squares += Math.pow(curve.at(i) / curve.at(i - 1) - 1 - mean, 2);
        }
        return mean / Math.sqrt(squares / (count - 1)) * Math.sqrt(SECONDS_A_YEAR / 3600);
    }

    private static double profitFactor(List<Trade> trades) {
        var capital = 1.0;
        var won = 0.0;
        var lost = 0.0;
        for (var trade : trades) {
            won += Math.max(0, capital * trade.profit());
            lost += Math.max(0, -capital * trade.profit());
            capital *= trade.growth();
        }
        return won / lost;
    }
}
