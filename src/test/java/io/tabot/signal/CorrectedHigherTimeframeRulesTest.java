package io.tabot.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tabot.indicator.Adx;
import io.tabot.indicator.Ema;
import io.tabot.indicator.Macd;
import io.tabot.indicator.Rsi;
import io.tabot.market.AggregatedCandles;
import io.tabot.market.Candle;
import io.tabot.market.CandleSeries;
import io.tabot.market.CandleViews;
import io.tabot.market.CandleWindow;
import io.tabot.market.HigherCandles;
import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import io.tabot.strategy.Decision.Action;
import io.tabot.strategy.RuleSet;
import io.tabot.testing.Aggregates;
import io.tabot.testing.Configs;
import io.tabot.testing.RegimeCandles;
import io.tabot.testing.Windows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** D-1: a trend of two higher timeframes, joined when a pullback on the own one turns. */
class CorrectedHigherTimeframeRulesTest {
    private static final String ID = "multi_timeframe_trend_continuation";
    private static final Timeframe BASE = Timeframe.FIFTEEN_MINUTES;
    private static final long STEP = BASE.longest().toMillis();
    private static final Symbol BTCUSDT = new Symbol("BTCUSDT");
    private static final DoubleUnaryOperator RISING = i -> 100 + 0.5 * i;
    private static final DoubleUnaryOperator FALLING = i -> 400 - 0.5 * i;

    /** A slow fall whose newest candle turns up on twice the usual volume. */
    private static final List<Candle> DIP = candles(i -> 100 - 0.02 * i + (i == 249 ? 0.08 : 0), 200);

    /** The same upside down. */
    private static final List<Candle> PEAK = candles(i -> 100 + 0.02 * i - (i == 249 ? 0.08 : 0), 200);

    private final SignalEngine engine = new SignalEngine("test");

    @Test
    void buysADipInARisingTrend() {
        var signal = fired(DIP, RISING, RISING).getFirst();

        assertThat(signal.action()).isEqualTo(Action.BUY);
        assertThat(signal.price()).isEqualTo(DIP.getLast().close());
        assertThat(signal.metadata())
                .containsEntry("trend_direction", "bullish")
                .containsEntry("signal_type", "trend_continuation_bullish")
                .containsEntry("multi_timeframe", true)
                .containsEntry("risk_reward_ratio", 3.0);
        assertThat(signal.metadata().keySet())
                .startsWith(
                        "trend_direction",
                        "trend_strength",
                        "rsi",
                        "macd",
                        "ema21",
                        "ema50",
                        "ema200",
                        "signal_type",
                        "multi_timeframe",
                        "stop_loss",
                        "take_profit",
                        "risk_reward_ratio");
    }

    @Test
    void sellsAPeakInAFallingTrend() {
        var signal = fired(PEAK, FALLING, FALLING).getFirst();

        assertThat(signal.action()).isEqualTo(Action.SELL);
        assertThat(signal.metadata())
                .containsEntry("trend_direction", "bearish")
                .containsEntry("signal_type", "trend_continuation_bearish");
    }

    @Test
    void isSilentUnlessBothHigherTimeframesTrend() {
        DoubleUnaryOperator flat = _ -> 100;

        for (var other : List.of(FALLING, flat)) {
            assertThat(fired(DIP, RISING, other)).isEmpty();
            assertThat(fired(DIP, other, RISING)).isEmpty();
        }
        for (var other : List.of(RISING, flat)) {
            assertThat(fired(PEAK, FALLING, other)).isEmpty();
            assertThat(fired(PEAK, other, FALLING)).isEmpty();
        }
    }

    /** Its averages still rise in their order, but price has lost its momentum. */
    @Test
    void isSilentWhenATrendHasLostItsMomentum() {
        DoubleUnaryOperator stalled = i -> RISING.applyAsDouble(Math.min(i, 235)) - 2 * Math.max(0, i - 235);

        assertThat(fired(DIP, RISING, stalled)).isEmpty();
        assertThat(fired(DIP, stalled, RISING)).isEmpty();
    }

    @Test
    void isSilentWithoutHigherTimeframes() {
        var views = CandleViews.of(Windows.of(DIP));

        assertThat(evaluate(views, RuleSet.CORRECTED, Map.of())).isEmpty();
        assertThat(evaluate(only(Timeframe.ONE_HOUR), RuleSet.CORRECTED, Map.of()))
                .isEmpty();
        assertThat(evaluate(only(Timeframe.FOUR_HOURS), RuleSet.CORRECTED, Map.of()))
                .isEmpty();
    }

    @Test
    void isSilentWhileAHigherTimeframeHasTooFewCandles() {
        var views = new CandleViews(
                Windows.of(DIP),
                Windows.of(DIP),
                (_, _) -> Windows.of(candles(RISING, 100).subList(0, 199)));

        assertThat(evaluate(views, RuleSet.CORRECTED, Map.of())).isEmpty();
    }

    @Test
    void isSilentWithoutVolume() {
        var quiet = new ArrayList<>(DIP.subList(0, 249));
        quiet.add(withVolume(DIP.getLast(), 110));

        assertThat(fired(quiet, RISING, RISING)).isEmpty();
    }

    @Test
    void isSilentWhileThePullbackGoesOn() {
        var further = candles(i -> 100 - 0.02 * i - (i == 249 ? 0.08 : 0), 200);

        assertThat(fired(further, RISING, RISING)).isEmpty();
    }

    @Test
    void isSilentFarFromTheAverage() {
        assertThat(fired(DIP, RISING, RISING, Map.of("pullback_tolerance", 0.001)))
                .isEmpty();
        assertThat(fired(DIP, RISING, RISING, Map.of("pullback_tolerance", 0.002)))
                .hasSize(1);
    }

    @Test
    void isSilentWithoutAPullback() {
        assertThat(fired(DIP, RISING, RISING, Map.of("rsi_oversold", 10))).isEmpty();
        assertThat(fired(PEAK, FALLING, FALLING, Map.of("rsi_overbought", 90))).isEmpty();
    }

    /** As the original, which looks its indicators up in the wrong place. */
    @Test
    void neverFiresUnderTheRulesOfThePythonBot() {
        assertThat(evaluate(views(DIP, RISING, RISING), RuleSet.PYTHON, Map.of()))
                .isEmpty();
    }

    @Test
    void runsOnlyWhereTwoHigherTimeframesExist() {
        var definition = Configs.CATALOG.find(ID).orElseThrow().definition();

        assertThat(definition.timeframes()).containsExactly(BASE, Timeframe.THIRTY_MINUTES);
        assertThat(definition.higherTimeframes(BASE)).containsExactly(Timeframe.ONE_HOUR, Timeframe.FOUR_HOURS);
        assertThat(definition.higherTimeframes(Timeframe.THIRTY_MINUTES))
                .containsExactly(Timeframe.TWO_HOURS, Timeframe.EIGHT_HOURS);
        definition
                .higherTimeframes()
                .forEach((base, higher) -> assertThat(higher)
                        .extracting(Timeframe::longest)
                        .containsExactly(
                                base.longest().multipliedBy(4), base.longest().multipliedBy(16)));
    }

    /** The whole rule once more, with whole series at hand instead of windows that slide. */
    @Test
    void firesExactlyWhereTheRuleSays() {
        var candles = RegimeCandles.of(2, BASE, 0.004, 30_000);
        var expected = new TreeMap<Long, Map<String, Object>>();
        var hours = Aggregates.of(candles, BASE, Timeframe.ONE_HOUR);
        var fourHours = Aggregates.of(candles, BASE, Timeframe.FOUR_HOURS);
        for (var i = 16 * 250; i < candles.size(); i++) {
            var closed = candles.get(i).openTime() + STEP;
            var says = said(
                    candles.subList(i - 249, i + 1),
                    newest(hours, closed - Timeframe.ONE_HOUR.longest().toMillis()),
                    newest(fourHours, closed - Timeframe.FOUR_HOURS.longest().toMillis()));
            if (says != null) {
                expected.put(candles.get(i).openTime(), says);
            }
        }

        var signals = walk(candles).stream()
                .filter(signal -> signal.openTime() >= candles.get(16 * 250).openTime())
                .toList();

        assertThat(expected).hasSizeGreaterThan(10);
        assertThat(signals).extracting(Signal::openTime).containsExactlyElementsOf(expected.keySet());
        assertThat(signals).extracting(Signal::action).contains(Action.BUY, Action.SELL);
        assertThat(signals).allSatisfy(signal -> {
            var says = expected.get(signal.openTime());
            assertThat(signal.metadata()).containsAllEntriesOf(says);
            assertThat(signal.confidence()).isCloseTo(0.75 + 0.1 * (double) says.get("trend_strength"), within(1e-12));
            var stopLoss = (double) says.get("ema50");
            if (!signal.metadata().containsKey("stop_loss_calculated")) {
                assertThat(signal.stopLoss()).isEqualTo(stopLoss);
                assertThat(signal.takeProfit() - signal.price())
                        .isCloseTo(3 * (signal.price() - stopLoss), within(1e-9));
            }
        });
        System.out.println("seed 2: " + signals.size() + " signals, all as the rule says");
    }

    /** D-20: in most dips the slow average is above the close already. */
    @Test
    void recomputesAStopLossAboveTheEntry() {
        var signal = fired(DIP, RISING, RISING).getFirst();

        assertThat((double) signal.metadata().get("ema50")).isGreaterThan(signal.price());
        assertThat(signal.stopLoss()).isLessThan(signal.price());
        assertThat(signal.metadata()).containsEntry("stop_loss_calculated", true);
    }

    /** D-29. */
    @Test
    void decidesTheSameAtAnyPrice() {
        var candles = RegimeCandles.of(3, BASE, 0.004, 12_000);
        var expected = walk(candles);
        for (var scale : List.of(0x1p-30, 0x1p30)) {
            var scaled = candles.stream().map(candle -> scaled(candle, scale)).toList();

            assertThat(walk(scaled))
                    .extracting(Signal::openTime, Signal::action, Signal::confidence)
                    .isEqualTo(expected.stream()
                            .map(signal -> org.assertj.core.groups.Tuple.tuple(
                                    signal.openTime(), signal.action(), signal.confidence()))
                            .toList());
        }
        assertThat(expected).isNotEmpty();
    }

    private List<Signal> walk(List<Candle> candles) {
        var window = new CandleWindow(250);
        var higher = new AggregatedCandles(BASE, List.of(Timeframe.ONE_HOUR, Timeframe.FOUR_HOURS));
        var views = new CandleViews(window.newest(250), window.newest(250), higher);
        var signals = new ArrayList<Signal>();
        for (var candle : candles) {
            window.insert(candle);
            higher.add(candle);
            signals.addAll(evaluate(views, RuleSet.CORRECTED, Map.of()));
        }
        return signals;
    }

    /** What the rule says on the last of these candles, in part; null if nothing. */
    private static @Nullable Map<String, Object> said(List<Candle> base, List<Candle> hours, List<Candle> fourHours) {
        var macd = macd(base);
        var last = base.size() - 1;
        var rsi = new double[base.size()];
        Rsi.wilder(closes(base), 0, base.size(), 14, rsi);
        var ema = ema(base, 21);
        var usual = base.subList(last - 19, last + 1).stream()
                .mapToDouble(Candle::volume)
                .average()
                .orElseThrow();
        var turns =
                base.getLast().volume() / usual > 1.2 && Math.abs(base.getLast().close() - ema) / ema < 0.01;
        var buys = rsi[last] < 40 && macd[last] > macd[last - 1] && rises(hours) && rises(fourHours);
        var sells = rsi[last] > 60 && macd[last] < macd[last - 1] && falls(hours) && falls(fourHours);
        if (!turns || !buys && !sells) {
            return null;
        }
        return Map.of(
                "trend_direction",
                buys ? "bullish" : "bearish",
                "trend_strength",
                adx(base) / 100,
                "rsi",
                rsi[last],
                "macd",
                macd[last],
                "ema21",
                ema,
                "ema50",
                ema(base, 50),
                "ema200",
                ema(base, 200));
    }

    private static boolean rises(List<Candle> candles) {
        return ema(candles, 21) > ema(candles, 50)
                && ema(candles, 50) > ema(candles, 200)
                && macd(candles)[candles.size() - 1] > 0;
    }

    private static boolean falls(List<Candle> candles) {
        return ema(candles, 21) < ema(candles, 50)
                && ema(candles, 50) < ema(candles, 200)
                && macd(candles)[candles.size() - 1] < 0;
    }

    private static double ema(List<Candle> candles, int period) {
        var line = new double[candles.size()];
        Ema.seeded(closes(candles), 0, line.length, period, line);
        return line[line.length - 1];
    }

    private static double[] macd(List<Candle> candles) {
        var line = new double[candles.size()];
        Macd.compute(
                closes(candles), 0, line.length, 12, 26, 9, line, new double[line.length], new double[line.length]);
        return line;
    }

    private static double adx(List<Candle> candles) {
        var line = new double[candles.size()];
        var highs = candles.stream().mapToDouble(Candle::high).toArray();
        var lows = candles.stream().mapToDouble(Candle::low).toArray();
        Adx.compute(highs, lows, closes(candles), 0, line.length, 14, 0, line);
        return line[line.length - 1];
    }

    private static double[] closes(List<Candle> candles) {
        return candles.stream().mapToDouble(Candle::close).toArray();
    }

    /** The newest 250 that opened by then. */
    private static List<Candle> newest(List<Candle> candles, long openTime) {
        var end = (int) ((openTime - candles.getFirst().openTime())
                        / (candles.get(1).openTime() - candles.getFirst().openTime()))
                + 1;
        return candles.subList(Math.max(0, end - 250), end);
    }

    private List<Signal> fired(List<Candle> base, DoubleUnaryOperator hours, DoubleUnaryOperator fourHours) {
        return fired(base, hours, fourHours, Map.of());
    }

    private List<Signal> fired(
            List<Candle> base, DoubleUnaryOperator hours, DoubleUnaryOperator fourHours, Map<String, ?> parameters) {
        return evaluate(views(base, hours, fourHours), RuleSet.CORRECTED, parameters);
    }

    private List<Signal> evaluate(CandleViews views, RuleSet ruleSet, Map<String, ?> parameters) {
        return engine.evaluate(BTCUSDT, BASE, views, Configs.only(ID, ruleSet, parameters), Rejections.IGNORED);
    }

    private static CandleViews views(List<Candle> base, DoubleUnaryOperator hours, DoubleUnaryOperator fourHours) {
        var byHour = Windows.of(candles(hours, 100));
        var byFourHours = Windows.of(candles(fourHours, 100));
        return new CandleViews(
                Windows.of(base),
                Windows.of(base),
                (timeframe, _) -> timeframe == Timeframe.ONE_HOUR ? byHour : byFourHours);
    }

    private static CandleViews only(Timeframe known) {
        CandleSeries rising = Windows.of(candles(RISING, 100));
        HigherCandles higher = (timeframe, _) -> timeframe == known ? rising : null;
        return new CandleViews(Windows.of(DIP), Windows.of(DIP), higher);
    }

    /** 250 candles that close where the formula says, the last of them on this volume and the others on 100. */
    private static List<Candle> candles(DoubleUnaryOperator close, double lastVolume) {
        return IntStream.range(0, 250)
                .mapToObj(i -> {
                    var from = close.applyAsDouble(Math.max(0, i - 1));
                    var to = close.applyAsDouble(i);
                    var volume = i == 249 ? lastVolume : 100;
                    return new Candle(i * STEP, from, Math.max(from, to) + 0.01, Math.min(from, to) - 0.01, to, volume);
                })
                .toList();
    }

    private static Candle withVolume(Candle candle, double volume) {
        return new Candle(candle.openTime(), candle.open(), candle.high(), candle.low(), candle.close(), volume);
    }

    private static Candle scaled(Candle candle, double scale) {
        return new Candle(
                candle.openTime(),
                candle.open() * scale,
                candle.high() * scale,
                candle.low() * scale,
                candle.close() * scale,
                candle.volume());
    }
}
