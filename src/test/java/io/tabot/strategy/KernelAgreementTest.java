package io.tabot.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.market.Candle;
import io.tabot.market.CandleSeries;
import io.tabot.market.CandleViews;
import io.tabot.market.Timeframe;
import io.tabot.testing.MarketKinds;
import io.tabot.testing.Rounds;
import io.tabot.testing.Windows;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The fused kernel gives every line of the plain one, bit for bit. */
class KernelAgreementTest {
    private static final int[] USUAL = {8, 9, 20, 21, 30, 50, 80, 14, 2};
    private static final int ROUNDS = Rounds.of(1_000);

    private final long seed = Long.getLong("kernel.seed", 20_260_501);
    private final Random random = new Random(seed);
    private final EvaluationContext plain = new EvaluationContext(Kernel.PLAIN);
    private final EvaluationContext fused = new EvaluationContext(Kernel.FUSED);

    @Test
    void agreesOnEveryLength() {
        System.out.println("seed " + seed);
        for (var ruleSet : RuleSet.values()) {
            for (var length = 1; length <= 300; length++) {
                var candles = new MarketKinds(random.nextLong()).take(length);
                agree(Windows.of(candles), ruleSet, USUAL);
                agree(Windows.of(candles), ruleSet, periods());
            }
        }
    }

    @Test
    void agreesOnWindowsOfAllKinds() {
        for (var ruleSet : RuleSet.values()) {
            var market = new MarketKinds(random.nextLong());
            for (var round = 0; round < ROUNDS; round++) {
                var view = Windows.of(market.take(250));
                agree(view, ruleSet, USUAL);
                agree(view, ruleSet, periods());
            }
        }
    }

    @Test
    void agreesWhereSumsOverflowOrLoseTheirSign() {
        var values = new double[] {0, -0.0, 1, -1, 1e-310, 1e300, -1e300, 1.7e308, -1.7e308};
        for (var ruleSet : RuleSet.values()) {
            for (var round = 0; round < ROUNDS; round++) {
                var kinds = 1 + random.nextInt(values.length);
                agree(Windows.of(candles(60 + random.nextInt(60), values, kinds)), ruleSet, USUAL);
                agree(Windows.of(candles(60, values, kinds)), ruleSet, periods());
            }
        }
    }

    private List<Candle> candles(int length, double[] values, int kinds) {
        var candles = new ArrayList<Candle>();
        for (var i = 0; i < length; i++) {
            var open = values[random.nextInt(kinds)];
            var close = values[random.nextInt(kinds)];
            var volume = Math.abs(values[random.nextInt(kinds)]);
            candles.add(new Candle(i, open, Math.max(open, close), Math.min(open, close), close, volume));
        }
        return candles;
    }

    private int[] periods() {
        return random.ints(9, 1, 100).toArray();
    }

    /** Twice, since what is computed together depends on what was asked for before. */
    private void agree(CandleSeries view, RuleSet ruleSet, int[] periods) {
        for (var round = 0; round < 2; round++) {
            begin(plain, view, ruleSet);
            begin(fused, view, ruleSet);
            var order = IntStream.range(0, periods.length)
                    .boxed()
                    .sorted((_, _) -> random.nextInt(3) - 1)
                    .toList();
            order.forEach(i -> agree(periods[i], periods[(i + 1) % periods.length]));
        }
    }

    private static void begin(EvaluationContext context, CandleSeries view, RuleSet ruleSet) {
        context.begin(CandleViews.of(view), Timeframe.FIFTEEN_MINUTES, ruleSet);
    }

    private void agree(int period, int other) {
        same("ema", period, plain.ema(period), fused.ema(period));
        same("ema adjusted", period, plain.emaAdjusted(period), fused.emaAdjusted(period));
        same("rsi", period, plain.rsi(period), fused.rsi(period));
        same("rsi adjusted", period, plain.rsiAdjusted(period), fused.rsiAdjusted(period));
        same("atr", period, plain.atr(period), fused.atr(period));
        same("adx", period, plain.adx(period), fused.adx(period));
        var slow = period + other;
        same("macd", period, plain.macd(period, slow, other), fused.macd(period, slow, other));
        same("macd signal", period, plain.macdSignal(period, slow, other), fused.macdSignal(period, slow, other));
        same("histogram", period, plain.macdHistogram(period, slow, other), fused.macdHistogram(period, slow, other));
        var newest = plain.newest();
        same("mean", period, plain.movingAverage(period, newest), fused.movingAverage(period, newest));
        same("volume", period, plain.volumeAverage(period, newest), fused.volumeAverage(period, newest));
    }

    private void same(String what, int period, double[] expected, double[] actual) {
        for (var i = 0; i < plain.length(); i++) {
            same(what, period, expected[i], actual[i]);
        }
    }

    /** One NaN is as good as another, but 0.0 is not -0.0. */
    private void same(String what, int period, double expected, double actual) {
        if (Double.doubleToLongBits(expected) != Double.doubleToLongBits(actual)) {
            assertThat(actual)
                    .as("%s of %d over %d candles, seed %d", what, period, plain.length(), seed)
                    .isEqualTo(expected);
        }
    }
}
