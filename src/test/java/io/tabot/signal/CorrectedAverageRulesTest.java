package io.tabot.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tabot.market.Candle;
import io.tabot.market.CandleSeries;
import io.tabot.strategy.Decision.Action;
import io.tabot.strategy.Decision.OrderType;
import io.tabot.strategy.RuleSet;
import io.tabot.testing.Evaluations;
import io.tabot.testing.GeneratedCandles;
import io.tabot.testing.ShapedCandles;
import io.tabot.testing.Windows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where rule set corrected differs from python in strategies over averages with adjusted weights. */
class CorrectedAverageRulesTest {
    private static final String PULLBACK = "ema_pullback_continuation";
    private static final String FOX_TRAP = "fox_trap_reversal";
    private static final String MOMENTUM = "ema_momentum_reversal";
    private static final int CANDLES = 140;
    private static final long HOUR = 3_600_000;

    /** Rises by 0.2 a candle to 127.8; its EMA9 is at 127.0 then, its EMA20 at 125.9. */
    private static final List<Candle> RISE =
            ShapedCandles.of(CANDLES, i -> 100 + 0.2 * i).candles();

    /** Falls by 0.2 a candle to 102.2; its EMA9 is at 103.0 then, its EMA20 at 104.1. */
    private static final List<Candle> FALL =
            ShapedCandles.of(CANDLES, i -> 130 - 0.2 * i).candles();

    /** D-35. */
    @ParameterizedTest
    @ValueSource(strings = {"inside_bar_breakout", PULLBACK, MOMENTUM, FOX_TRAP})
    void ordersTheBreakOfACandleAsAStopOrder(String strategyId) {
        assertThat(generatedSignals(strategyId, RuleSet.PYTHON))
                .isNotEmpty()
                .allMatch(signal -> signal.orderType() == OrderType.MARKET);
        assertThat(generatedSignals(strategyId, RuleSet.CORRECTED))
                .isNotEmpty()
                .allMatch(signal -> signal.orderType() == OrderType.STOP);
    }

    /** D-21. */
    @Test
    void doesNotCallItAPullbackWhenTheAverageIsNotReached() {
        var nearFromAbove = then(RISE, 127.8, 127.9, 126.5, 127.6);
        var nearFromBelow = then(FALL, 102.2, 103.5, 102.1, 102.4);

        assertThat(actions(PULLBACK, RuleSet.PYTHON, nearFromAbove)).containsExactly(Action.BUY);
        assertThat(actions(PULLBACK, RuleSet.CORRECTED, nearFromAbove)).isEmpty();
        assertThat(actions(PULLBACK, RuleSet.PYTHON, nearFromBelow)).containsExactly(Action.SELL);
        assertThat(actions(PULLBACK, RuleSet.CORRECTED, nearFromBelow)).isEmpty();
    }

    /** D-21. */
    @Test
    void takesAPullbackThatTouchesTheAverageInBothRuleSets() {
        var touchFromAbove = then(RISE, 127.8, 127.9, 125.5, 127.6);
        var touchFromBelow = then(FALL, 102.2, 104.5, 102.1, 102.4);

        assertThat(actions(PULLBACK, RuleSet.PYTHON, touchFromAbove)).containsExactly(Action.BUY);
        assertThat(actions(PULLBACK, RuleSet.CORRECTED, touchFromAbove)).containsExactly(Action.BUY);
        assertThat(actions(PULLBACK, RuleSet.PYTHON, touchFromBelow)).containsExactly(Action.SELL);
        assertThat(actions(PULLBACK, RuleSet.CORRECTED, touchFromBelow)).containsExactly(Action.SELL);
    }

    /** D-21. */
    @Test
    void allowsAnEarlierCloseAcrossTheAverageIfTheCandleReachedBeyondIt() {
        var closedBelow = then(then(RISE, 127.8, 127.9, 124.9, 125), 125, 127.2, 124.9, 127);
        var reachedBelow = then(then(RISE, 125.2, 125.5, 124.9, 125), 125, 127.2, 124.9, 127);

        assertThat(actions(PULLBACK, RuleSet.PYTHON, then(closedBelow, 127, 127.3, 125.5, 127.1)))
                .isEmpty();
        assertThat(actions(PULLBACK, RuleSet.CORRECTED, then(closedBelow, 127, 127.3, 125.5, 127.1)))
                .containsExactly(Action.BUY);
        assertThat(actions(PULLBACK, RuleSet.CORRECTED, then(reachedBelow, 127, 127.3, 125.5, 127.1)))
                .isEmpty();
    }

    /** D-21. */
    @Test
    void sellsAPullbackThatClosesAcrossTheAverage() {
        var closedAbove = then(FALL, 102.2, 105, 102.1, 104.6);

        assertThat(actions(PULLBACK, RuleSet.PYTHON, closedAbove)).isEmpty();
        assertThat(actions(PULLBACK, RuleSet.CORRECTED, closedAbove)).containsExactly(Action.SELL);
    }

    /** D-19. */
    @Test
    void doesNotCallItATrapWhenTheAverageIsNotCrossed() {
        var nearFromAbove = then(RISE, 127.8, 128.1, 127.6, 128);
        var nearFromBelow = then(FALL, 102.2, 102.4, 101.9, 102);

        assertThat(actions(FOX_TRAP, RuleSet.PYTHON, nearFromAbove)).containsExactly(Action.BUY);
        assertThat(actions(FOX_TRAP, RuleSet.CORRECTED, nearFromAbove)).isEmpty();
        assertThat(actions(FOX_TRAP, RuleSet.PYTHON, nearFromBelow)).containsExactly(Action.SELL);
        assertThat(actions(FOX_TRAP, RuleSet.CORRECTED, nearFromBelow)).isEmpty();
    }

    /** D-19. */
    @Test
    void takesATrapThatCrossesTheAverageInBothRuleSets() {
        var crossedFromAbove = then(RISE, 127.8, 128.1, 126.5, 128);
        var crossedFromBelow = then(FALL, 102.2, 103.5, 101.9, 102);

        assertThat(actions(FOX_TRAP, RuleSet.PYTHON, crossedFromAbove)).containsExactly(Action.BUY);
        assertThat(actions(FOX_TRAP, RuleSet.CORRECTED, crossedFromAbove)).containsExactly(Action.BUY);
        assertThat(actions(FOX_TRAP, RuleSet.PYTHON, crossedFromBelow)).containsExactly(Action.SELL);
        assertThat(actions(FOX_TRAP, RuleSet.CORRECTED, crossedFromBelow)).containsExactly(Action.SELL);
    }

    /** D-19. */
    @Test
    void wantsEveryEarlierCandleBeyondTheAverageNotJustOne() {
        // The candle before last stays on the wrong side throughout; the last one is back on the right side.
        var below = then(then(RISE, 125.2, 125.5, 125, 125.4), 125.4, 128, 125.3, 128);
        var above = then(then(FALL, 104.6, 104.8, 104.5, 104.6), 104.6, 104.7, 102, 102);

        assertThat(actions(FOX_TRAP, RuleSet.PYTHON, then(below, 128, 128.1, 126, 128)))
                .containsExactly(Action.BUY);
        assertThat(actions(FOX_TRAP, RuleSet.CORRECTED, then(below, 128, 128.1, 126, 128)))
                .isEmpty();
        assertThat(actions(FOX_TRAP, RuleSet.PYTHON, then(above, 102, 104, 101.9, 102)))
                .containsExactly(Action.SELL);
        assertThat(actions(FOX_TRAP, RuleSet.CORRECTED, then(above, 102, 104, 101.9, 102)))
                .isEmpty();
    }

    /** D-19. */
    @Test
    void measuresEarlierHighsAgainstTheMiddleAverage() {
        // Highs of 126.7 lie between the fast average, 126.9 or more, and the middle one, 126.1 or less.
        var between = then(then(RISE, 126.6, 126.7, 126.5, 126.6), 126.6, 126.7, 126.5, 126.6);
        var crossed = then(between, 126.6, 128, 126.4, 127.9);

        assertThat(actions(FOX_TRAP, RuleSet.PYTHON, crossed)).isEmpty();
        assertThat(actions(FOX_TRAP, RuleSet.CORRECTED, crossed)).containsExactly(Action.BUY);
    }

    /** D-19. */
    @Test
    void trapsInAYoungTrend() {
        // The fast average has crossed the slow one three candles ago: too late for the original's six.
        var young =
                new ArrayList<>(ShapedCandles.of(CANDLES, i -> 110 - 0.01 * i).candles());
        var turned = then(then(then(young, 109, 111, 109, 111), 111, 112, 111, 112), 112, 113, 109, 113);

        assertThat(actions(FOX_TRAP, RuleSet.PYTHON, turned)).isEmpty();
        assertThat(actions(FOX_TRAP, RuleSet.CORRECTED, turned)).containsExactly(Action.BUY);
    }

    /** D-4. */
    @Test
    void prefersTheAdvancedReversalToThePlainOne() {
        var fallen = then(RISE, 127.8, 127.9, 126, 126.2);
        var higherLow = then(fallen, 126.2, 128.2, 126.1, 128);
        var lowerLow = then(fallen, 126.2, 128.2, 125.9, 128);

        assertThat(setups(RuleSet.PYTHON, higherLow)).containsExactly("setup_9_1_slope_reversal");
        assertThat(setups(RuleSet.CORRECTED, higherLow)).containsExactly("setup_9_4_advanced_reversal");
        assertThat(setups(RuleSet.PYTHON, lowerLow)).containsExactly("setup_9_1_slope_reversal");
        assertThat(setups(RuleSet.CORRECTED, lowerLow)).containsExactly("setup_9_1_slope_reversal");
    }

    /** D-4. */
    @Test
    void wantsLowsAboveTheAverageBeforeAnAdvancedReversal() {
        var dipped = then(RISE, 127.8, 128, 126.5, 128);
        var higherLow = then(then(dipped, 128, 128, 126, 126.2), 126.2, 128.2, 126.1, 128);

        assertThat(setups(RuleSet.CORRECTED, higherLow)).containsExactly("setup_9_1_slope_reversal");
    }

    /** D-5. */
    @Test
    void buysADipAboveARisingAverageAndNoFallingKnife() {
        var dip = then(RISE, 127.6, 127.7, 127.3, 127.4);
        var knife = then(FALL, 102, 102.1, 101.8, 101.9);

        assertThat(setups(RuleSet.PYTHON, dip)).isEmpty();
        assertThat(setups(RuleSet.CORRECTED, dip)).containsExactly("setup_9_2_capitulation");
        assertThat(setups(RuleSet.PYTHON, knife)).containsExactly("setup_9_2_capitulation");
        assertThat(setups(RuleSet.CORRECTED, knife)).isEmpty();
    }

    /** D-6. */
    @Test
    void buysTwoLowerClosesAboveTheAverageAndNotBelowIt() {
        var recovered = then(then(RISE, 127.8, 127.9, 126.4, 126.5), 126.5, 129.1, 126.4, 129);
        var above =
                then(then(then(recovered, 129, 130.1, 128.8, 130), 130, 130.1, 129.2, 129.5), 129.5, 130, 129.3, 129.6);
        var below = then(FALL, 102.2, 102.3, 102.05, 102.15);

        assertThat(setups(RuleSet.PYTHON, above)).isEmpty();
        assertThat(setups(RuleSet.CORRECTED, above)).containsExactly("setup_9_3_pattern_reversal");
        assertThat(setups(RuleSet.PYTHON, below)).containsExactly("setup_9_3_pattern_reversal");
        assertThat(setups(RuleSet.CORRECTED, below)).isEmpty();
    }

    /** D-29. */
    @Test
    void weighsMomentumAgainstThePrice() {
        var turned = then(then(RISE, 127.8, 127.9, 126, 126.2), 126.2, 127.1, 125.9, 127);
        var tiny = turned.stream().map(candle -> scaled(candle, 0x1p-10)).toList();

        var corrected = only(MOMENTUM, RuleSet.CORRECTED, turned);

        var momentum = (double) corrected.metadata().get("ema9_momentum") / 127;
        var distance = (double) corrected.metadata().get("price_distance_from_ema");
        assertThat(100 * momentum).isBetween(0.01, 0.04);
        assertThat(corrected.confidence()).isCloseTo(0.76 + 100 * momentum - 10 * distance, within(1e-12));
        assertThat(only(MOMENTUM, RuleSet.CORRECTED, tiny).confidence()).isEqualTo(corrected.confidence());
        assertThat(only(MOMENTUM, RuleSet.PYTHON, tiny).confidence())
                .isNotEqualTo(only(MOMENTUM, RuleSet.PYTHON, turned).confidence());
    }

    private static Candle scaled(Candle candle, double factor) {
        return new Candle(
                candle.openTime(),
                candle.open() * factor,
                candle.high() * factor,
                candle.low() * factor,
                candle.close() * factor,
                candle.volume());
    }

    private static List<Candle> then(List<Candle> candles, double open, double high, double low, double close) {
        var longer = new ArrayList<>(candles);
        longer.add(new Candle(candles.getLast().openTime() + HOUR, open, high, low, close, 100));
        return longer;
    }

    private static List<Action> actions(String strategyId, RuleSet ruleSet, List<Candle> candles) {
        return signals(strategyId, ruleSet, Windows.of(candles))
                .map(Signal::action)
                .toList();
    }

    private static List<Object> setups(RuleSet ruleSet, List<Candle> candles) {
        return signals(MOMENTUM, ruleSet, Windows.of(candles))
                .<Object>map(signal -> signal.metadata().get("setup_type"))
                .toList();
    }

    private static Signal only(String strategyId, RuleSet ruleSet, List<Candle> candles) {
        return signals(strategyId, ruleSet, Windows.of(candles)).findFirst().orElseThrow();
    }

    private static List<Signal> generatedSignals(String strategyId, RuleSet ruleSet) {
        return windows(GeneratedCandles.all())
                .flatMap(window -> signals(strategyId, ruleSet, window))
                .toList();
    }

    private static Stream<CandleSeries> windows(List<Candle> candles) {
        return IntStream.rangeClosed(250, candles.size()).mapToObj(end -> Windows.of(candles.subList(end - 250, end)));
    }

    private static Stream<Signal> signals(String strategyId, RuleSet ruleSet, CandleSeries window) {
        return Evaluations.signals(strategyId, ruleSet, Map.of(), window).stream();
    }
}
