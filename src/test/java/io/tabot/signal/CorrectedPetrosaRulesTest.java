package io.tabot.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.market.CandleSeries;
import io.tabot.strategy.Decision.Action;
import io.tabot.strategy.RuleSet;
import io.tabot.testing.Evaluations;
import io.tabot.testing.ShapedCandles;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Where rule set corrected differs from python in the original strategies, each on candles that bring it out. */
class CorrectedPetrosaRulesTest {
    /** D-14. */
    @Test
    void buysACloseAboveANarrowRangeOnVolume() {
        var breakout = quiet().then(100, 100.3, 300).view();

        assertThat(evaluate("range_break_pop", RuleSet.PYTHON, breakout)).isEmpty();
        assertThat(evaluate("range_break_pop", RuleSet.CORRECTED, breakout))
                .extracting(Signal::action)
                .containsExactly(Action.BUY);
    }

    /** D-14. */
    @Test
    void doesNotBuyThatCloseWithoutVolumeOrInsideTheRange() {
        var usualVolume = quiet().then(100, 100.3, 150).view();
        var inside = quiet().then(100, 100.1, 300).view();

        assertThat(evaluate("range_break_pop", RuleSet.CORRECTED, usualVolume)).isEmpty();
        assertThat(evaluate("range_break_pop", RuleSet.CORRECTED, inside)).isEmpty();
    }

    /** D-14. */
    @Test
    void doesNotBuyThatCloseWhenTheRangeIsWideOrTheRsiHighOrVolatilityRises() {
        var near = quiet().then(100, 100.3, 300).view();
        var far = quiet().then(100, 102, 300).view();

        assertThat(evaluate("range_break_pop", RuleSet.CORRECTED, Map.of("range_width_max", 0.002), near))
                .isEmpty();
        assertThat(evaluate("range_break_pop", RuleSet.CORRECTED, Map.of("rsi_max", 50), near))
                .isEmpty();
        assertThat(evaluate("range_break_pop", RuleSet.CORRECTED, Map.of("rsi_max", 100), far))
                .isEmpty();
    }

    /** D-14. */
    @Test
    void doesNotBuyALongCandleAfterRisingClosesWithoutARange() {
        var rising = ShapedCandles.of(60, i -> 100 + i % 2).then(101, 104, 100).view();

        assertThat(evaluate("range_break_pop", RuleSet.PYTHON, rising)).hasSize(1);
        assertThat(evaluate("range_break_pop", RuleSet.CORRECTED, rising)).isEmpty();
    }

    /** D-17. */
    @Test
    void callsARegularDivergenceByItsName() {
        var slowing = slowingFall().view();

        var python = evaluate("divergence_trap", RuleSet.PYTHON, slowing);
        var corrected = evaluate("divergence_trap", RuleSet.CORRECTED, slowing);

        assertThat(python).hasSize(1);
        assertThat(python.getFirst().metadata()).containsEntry("divergence_type", "hidden_bullish");
        assertThat(corrected).hasSize(1);
        assertThat(corrected.getFirst().metadata()).containsEntry("divergence_type", "regular_bullish");
    }

    /** D-22. */
    @Test
    void comparesTheCloseWithTheOneADisplacementBack() {
        var rising = ShapedCandles.of(100, i -> 100 + 0.5 * i).view();

        assertThat(chikouSpan(RuleSet.PYTHON, Map.of(), rising)).isNull();
        assertThat(chikouSpan(RuleSet.CORRECTED, Map.of(), rising)).isEqualTo(26 * 0.5);
        assertThat(chikouSpan(RuleSet.CORRECTED, Map.of("displacement", 10), rising))
                .isEqualTo(10 * 0.5);
    }

    private static @Nullable Object chikouSpan(RuleSet ruleSet, Map<String, ?> parameters, CandleSeries candles) {
        var signals = evaluate("ichimoku_cloud_momentum", ruleSet, parameters, candles);
        assertThat(signals).hasSize(1);
        assertThat(signals.getFirst().metadata()).containsKey("chikou_span");
        return signals.getFirst().metadata().get("chikou_span");
    }

    /** D-30. */
    @Test
    void givesASqueezeNoStopLossAndTakeProfit() {
        var squeezed = ShapedCandles.of(60, i -> 100 + i % 2).view();

        var python = evaluate("bollinger_squeeze_alert", RuleSet.PYTHON, squeezed);
        var corrected = evaluate("bollinger_squeeze_alert", RuleSet.CORRECTED, squeezed);

        assertThat(python).extracting(Signal::action).containsExactly(Action.HOLD);
        assertThat(python.getFirst().stopLoss()).isGreaterThan(101);
        assertThat(corrected).extracting(Signal::action).containsExactly(Action.HOLD);
        assertThat(corrected.getFirst().confidence())
                .isEqualTo(python.getFirst().confidence());
        assertThat(corrected.getFirst().stopLoss()).isNull();
        assertThat(corrected.getFirst().takeProfit()).isNull();
    }

    /** A lively market that calms down: for ten candles a narrow range, while the ATR still falls. */
    private static ShapedCandles quiet() {
        return ShapedCandles.of(60, i -> i < 48 ? 100 + i % 2 : 99.95 + 0.1 * (i % 2));
    }

    /** Fast down, then slowly, and at last a little up: a lower low than four candles before on a higher RSI. */
    private static ShapedCandles slowingFall() {
        return ShapedCandles.of(60, i -> 100 - Math.min(i, 55) - 0.05 * Math.max(0, i - 55))
                .then(44.8, 44.9, 100);
    }

    private static List<Signal> evaluate(String strategyId, RuleSet ruleSet, CandleSeries candles) {
        return evaluate(strategyId, ruleSet, Map.of(), candles);
    }

    private static List<Signal> evaluate(
            String strategyId, RuleSet ruleSet, Map<String, ?> parameters, CandleSeries candles) {
        return Evaluations.signals(strategyId, ruleSet, parameters, candles);
    }
}
