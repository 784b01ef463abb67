package io.tabot.signal;

import static io.tabot.signal.FakeStrategy.decision;
import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.market.CandleSeries;
import io.tabot.strategy.Decision.Action;
import io.tabot.strategy.RuleSet;
import io.tabot.strategy.Strategy;
import io.tabot.testing.Configs;
import io.tabot.testing.Evaluations;
import io.tabot.testing.ShapedCandles;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where rule set corrected differs from python, each on candles that bring the difference out. */
class CorrectedRulesTest {
    private final RecordedRejections rejections = new RecordedRejections();

    /** D-10. */
    @Test
    void measuresExtremenessFromTheConfiguredThreshold() {
        var zigzag =
                ShapedCandles.of(100, i -> 100 + i % 2).then(101, 99.8, 100).view();
        var parameters = Map.of("oversold_threshold", 40);

        var python = evaluate("rsi_extreme_reversal", RuleSet.PYTHON, parameters, zigzag)
                .getFirst();
        var corrected = evaluate("rsi_extreme_reversal", RuleSet.CORRECTED, parameters, zigzag)
                .getFirst();

        var rsi = (double) python.metadata().get("rsi_2");
        assertThat(rsi).isBetween(25.0, 40.0);
        assertThat(python.metadata()).containsEntry("extremeness", 0.0);
        assertThat(corrected.metadata()).containsEntry("extremeness", (40 - rsi) / 40);
        assertThat(corrected.confidence()).isEqualTo(python.confidence());
    }

    /** D-18. */
    @Test
    void sellsABreakOfSupportOnAFallingMacd() {
        var breakdown =
                ShapedCandles.of(60, i -> 100 + i % 2).then(101, 99.5, 600).view();

        assertThat(evaluate("volume_surge_breakout", RuleSet.PYTHON, Map.of(), breakdown))
                .isEmpty();
        assertThat(evaluate("volume_surge_breakout", RuleSet.CORRECTED, Map.of(), breakdown))
                .extracting(Signal::action)
                .containsExactly(Action.SELL);
    }

    /** D-18. */
    @Test
    void doesNotSellABreakOfSupportOnARisingMacd() {
        // A fall that slows down: still a new low, while the MACD is already above its signal line.
        var slowing = ShapedCandles.of(60, i -> 100 + 20 * Math.pow(0.95, i) + 0.6 * (i % 2))
                .then(101.6, 100.9, 600)
                .view();

        assertThat(evaluate("volume_surge_breakout", RuleSet.PYTHON, Map.of(), slowing))
                .extracting(Signal::action)
                .containsExactly(Action.SELL);
        assertThat(evaluate("volume_surge_breakout", RuleSet.CORRECTED, Map.of(), slowing))
                .isEmpty();
    }

    /** D-20. */
    @Test
    void recomputesAStopLossThatIsOnTheWrongSideOfThePrice() {
        // Below the slow EMA already, which is where the rule puts the stop loss of its buy.
        var fallen =
                ShapedCandles.of(60, i -> 100 + 0.05 * i).then(101, 101.3, 100).view();

        var python =
                evaluate("golden_trend_sync", RuleSet.PYTHON, Map.of(), fallen).getFirst();
        var corrected = evaluate("golden_trend_sync", RuleSet.CORRECTED, Map.of(), fallen)
                .getFirst();

        assertThat(python.stopLoss()).isGreaterThan(python.price());
        assertThat(corrected.stopLoss()).isLessThan(corrected.price());
        assertThat(corrected.takeProfit()).isGreaterThan(corrected.price());
        assertThat(corrected.metadata())
                .containsEntry("stop_loss_calculated", true)
                .containsEntry("stop_loss", corrected.stopLoss())
                .containsEntry("take_profit", corrected.takeProfit());
        assertThat(python.metadata()).doesNotContainKey("stop_loss_calculated");
    }

    /** D-20. */
    @Test
    void leavesRiskOnTheRightSidesAlone() {
        var candles = ShapedCandles.of(60, i -> 100 + i % 2).view();
        var strategy = FakeStrategy.saying("a", decision(Action.SELL, 0.7, 101, 104.0, 90.0));

        var signal = evaluate(strategy, RuleSet.CORRECTED, Map.of(), candles).getFirst();

        assertThat(signal.stopLoss()).isEqualTo(104.0);
        assertThat(signal.takeProfit()).isEqualTo(90.0);
        assertThat(signal.metadata()).doesNotContainKey("stop_loss_calculated");
    }

    /** D-20. */
    @Test
    void dropsASignalWhoseRecomputedRiskIsOnTheWrongSideToo() {
        var candles = ShapedCandles.of(60, i -> 100 + i % 2).view();
        // The entry is so far above the market that stop loss and take profit around the market are both below it.
        var strategy = FakeStrategy.saying("a", decision(Action.BUY, 0.7, 150, 160.0, 170.0));

        assertThat(evaluate(strategy, RuleSet.PYTHON, Map.of(), candles)).hasSize(1);
        assertThat(rejections.lines).isEmpty();
        assertThat(evaluate(strategy, RuleSet.CORRECTED, Map.of(), candles)).isEmpty();
        assertThat(rejections.lines).containsExactly("a WRONG_SIDE");
    }

    /** D-30. */
    @Test
    void givesAHoldNoStopLossAndTakeProfit() {
        var candles = ShapedCandles.of(60, i -> 100 + i % 2).view();
        var strategy = FakeStrategy.saying("a", decision(Action.HOLD, 0.7, 101, null, null));

        var python = evaluate(strategy, RuleSet.PYTHON, Map.of(), candles).getFirst();
        var corrected = evaluate(strategy, RuleSet.CORRECTED, Map.of(), candles).getFirst();

        assertThat(python.stopLoss()).isGreaterThan(101);
        assertThat(python.takeProfit()).isLessThan(101);
        assertThat(python.metadata()).containsEntry("stop_loss_calculated", true);
        assertThat(corrected.stopLoss()).isNull();
        assertThat(corrected.takeProfit()).isNull();
        assertThat(corrected.metadata()).doesNotContainKeys("stop_loss_calculated", "stop_loss", "take_profit");
    }

    private List<Signal> evaluate(String strategyId, RuleSet ruleSet, Map<String, ?> parameters, CandleSeries candles) {
        return evaluate(Configs.CATALOG.find(strategyId).orElseThrow(), ruleSet, parameters, candles);
    }

    private List<Signal> evaluate(Strategy strategy, RuleSet ruleSet, Map<String, ?> parameters, CandleSeries candles) {
        return Evaluations.signals(strategy, ruleSet, parameters, candles, rejections);
    }
}
