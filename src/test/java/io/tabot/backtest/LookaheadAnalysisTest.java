package io.tabot.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.config.ConfigState;
import io.tabot.config.EffectiveConfig;
import io.tabot.config.EffectiveConfig.ActiveStrategy;
import io.tabot.config.EffectiveConfig.Limits;
import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import io.tabot.signal.Rejections;
import io.tabot.signal.SignalEngine;
import io.tabot.strategy.Decision;
import io.tabot.strategy.Decision.Action;
import io.tabot.strategy.EvaluationContext;
import io.tabot.strategy.ParameterSchema;
import io.tabot.strategy.ParameterValues;
import io.tabot.strategy.RuleSet;
import io.tabot.strategy.Strategy;
import io.tabot.strategy.StrategyDefinition;
import io.tabot.testing.Events;
import io.tabot.testing.Golden;
import io.tabot.testing.RegimeCandles;
import io.tabot.testing.Windows;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LookaheadAnalysisTest {
    private static final Symbol SYMBOL = new Symbol("BTCUSDT");

    /** Buys before a candle that rises: it looks behind the end of its view. */
    private record Peeking(StrategyDefinition definition) implements Strategy {
        @Override
        public Optional<Decision> evaluate(EvaluationContext context) {
            var candles = context.candles();
            var next = candles.from() + candles.length();
            var close = candles.close(candles.length() - 1);
            var isRising = next < candles.closes().length && candles.closes()[next] > close;
            return isRising
                    ? Optional.of(new Decision(
                            Action.BUY,
                            0.9,
                            close,
                            close * 0.9,
                            close * 1.1,
                            Decision.Strength.STRONG,
                            Decision.OrderType.MARKET,
                            Map.of()))
                    : Optional.empty();
        }
    }

    @ParameterizedTest
    @EnumSource(RuleSet.class)
    void noStrategyOfTheCatalogKnowsWhatComesLater(RuleSet ruleSet) {
        var candles = CandleTable.of(Windows.candles(Golden.candles("cb_btc_4h_2024")));

        var findings = run(Timeframe.FOUR_HOURS, catalog(ruleSet), candles);

        assertThat(findings)
                .extracting(LookaheadAnalysis.Finding::strategyId)
                .containsExactlyElementsOf(Events.CATALOG.ids());
        assertThat(findings)
                .allSatisfy(finding ->
                        assertThat(finding.changed()).as(finding.strategyId()).isZero());
        assertThat(findings.stream().filter(finding -> finding.signals() > 0)).hasSizeGreaterThan(15);
    }

    @Test
    void norDoesTheOneThatReadsHigherTimeframes() {
        var candles = CandleTable.of(RegimeCandles.of(2, Timeframe.FIFTEEN_MINUTES, 0.004, 12_000));
        var config = catalog(RuleSet.CORRECTED).only("multi_timeframe_trend_continuation");

        var findings = run(Timeframe.FIFTEEN_MINUTES, config, candles);

        assertThat(findings).hasSize(1);
        assertThat(findings.getFirst().signals()).isGreaterThan(5);
        assertThat(findings.getFirst().changed()).isZero();
    }

    @Test
    void aStrategyThatPeeksIsCaught() {
        var candles = CandleTable.of(Windows.candles(Golden.candles("cb_btc_4h_2024")));
        var peeking = new Peeking(new StrategyDefinition(
                "peeking",
                "Peeking",
                "buys before a candle that rises",
                "Test",
                StrategyDefinition.Direction.BUY_AND_SELL,
                StrategyDefinition.ALL_TIMEFRAMES,
                1,
                new ParameterSchema()));
        var active = new ActiveStrategy(
                peeking, ParameterValues.defaults(peeking.definition().schema()), "none");
        var config = new EffectiveConfig(1, RuleSet.PYTHON, false, 0, 1, new Limits(1, List.of(1)), List.of(active));

        var finding = run(Timeframe.FOUR_HOURS, config, candles).getFirst();

        assertThat(finding.changed()).isGreaterThan(candles.size() / 4);
        assertThat(finding.first()).isEqualTo(firstBeforeARise(candles));
    }

    private static long firstBeforeARise(CandleTable candles) {
        var i = 0;
        while (candles.close(i + 1) <= candles.close(i)) {
            i++;
        }
        return candles.openTime(i);
    }

    private static List<LookaheadAnalysis.Finding> run(
            Timeframe timeframe, EffectiveConfig config, CandleTable candles) {
        return new LookaheadAnalysis(new SignalEngine("test"), SYMBOL, timeframe, config)
                .run(candles, Rejections.IGNORED);
    }

    private static EffectiveConfig catalog(RuleSet ruleSet) {
        var compiled = ConfigState.replay("test", Events.chain(1)).effective(Events.CATALOG, SYMBOL);
        return new EffectiveConfig(1, ruleSet, false, 0, 1, compiled.limits(), compiled.strategies());
    }
}
