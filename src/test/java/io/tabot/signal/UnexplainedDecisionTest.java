package io.tabot.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.config.EffectiveConfig;
import io.tabot.market.CandleViews;
import io.tabot.market.CandleWindow;
import io.tabot.market.Timeframe;
import io.tabot.strategy.Decision;
import io.tabot.strategy.RuleSet;
import io.tabot.testing.Configs;
import io.tabot.testing.MarketKinds;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who does not ask for metadata gets none, and the same decisions in all else. */
class UnexplainedDecisionTest {
    private static final long SEED = Long.getLong("unexplained.seed", 20_260_611);
    private static final int CANDLES = 20_000;
    private static final int LENGTH = 250;

    /** Both rule sets have strategies that hardly ever fire in these markets. */
    private static final int STRATEGIES_MIN = 20;

    private final SignalEngine engine = new SignalEngine("test");

    @ParameterizedTest
    @EnumSource(RuleSet.class)
    void differsInNothingButMetadata(RuleSet ruleSet) {
        System.out.println("seed " + SEED);
        var market = new MarketKinds(SEED + ruleSet.ordinal());
        var config = Configs.everything(ruleSet);
        var window = new CandleWindow(LENGTH);
        var views = CandleViews.of(window.newest(LENGTH));
        var fired = new HashSet<String>();
        for (var i = 0; i < CANDLES; i++) {
            window.insert(market.next());

            var explained = decide(views, config, true);
            var unexplained = decide(views, config, false);

            explained.replaceAll((_, decision) -> withoutMetadata(decision));
            assertThat(unexplained).isEqualTo(explained);
            fired.addAll(explained.keySet());
        }
        assertThat(fired).hasSizeGreaterThan(STRATEGIES_MIN);
    }

    private Map<String, Decision> decide(CandleViews views, EffectiveConfig config, boolean isExplained) {
        var made = new LinkedHashMap<String, Decision>();
        engine.decide(
                Timeframe.FIFTEEN_MINUTES,
                views,
                config,
                Rejections.IGNORED,
                isExplained,
                (active, decision) -> made.put(active.strategy().definition().id(), decision));
        return made;
    }

    private static Decision withoutMetadata(Decision decision) {
        assertThat(decision.metadata()).isNotEmpty();
        return new Decision(
                decision.action(),
                decision.confidence(),
                decision.price(),
                decision.stopLoss(),
                decision.takeProfit(),
                decision.strength(),
                decision.orderType(),
                Map.of());
    }
}
