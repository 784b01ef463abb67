package io.tabot.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.config.EffectiveConfig;
import io.tabot.market.CandleViews;
import io.tabot.market.CandleWindow;
import io.tabot.market.HigherCandles;
import io.tabot.market.Timeframe;
import io.tabot.strategy.Decision;
import io.tabot.strategy.Kernel;
import io.tabot.strategy.RuleSet;
import io.tabot.testing.Configs;
import io.tabot.testing.MarketKinds;
import io.tabot.testing.Rounds;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever the candles, the fused kernel decides as the plain one does: same strategies, same numbers, same metadata.
 * {@code -Dkernel.windows=1000000} compares a million windows for each rule set, {@code -Dkernel.seed} others.
 */
class KernelDecisionTest {
    private static final int WINDOWS = Integer.getInteger("kernel.windows", Rounds.of(100_000));
    private static final long SEED = Long.getLong("kernel.seed", 20_260_502);
    private static final int LENGTH = 250;
    private static final int LENGTH_LONG = 300;
    /** A new window now and then, so that the lengths while it fills are met again and again. */
    private static final int WINDOW_LIFE = 10_000;

    private final SignalEngine plain = new SignalEngine("test", Kernel.PLAIN);
    private final SignalEngine fused = new SignalEngine("test", Kernel.FUSED);

    @ParameterizedTest
    @EnumSource(RuleSet.class)
    void decidesAsThePlainKernelDoes(RuleSet ruleSet) {
        var market = new MarketKinds(SEED + ruleSet.ordinal());
        var config = Configs.everything(ruleSet);
        var decisions = 0L;
        var views = views();
        for (var i = 0; i < WINDOWS; i++) {
            views = i % WINDOW_LIFE == 0 ? views() : views;
            views.append(market);

            var expected = decide(plain, views.views(), config);
            var actual = decide(fused, views.views(), config);

            if (!actual.equals(expected)) {
                assertThat(actual).as("seed %d, window %d", SEED, i).isEqualTo(expected);
            }
            decisions += expected.size();
        }
        System.out.println(ruleSet + ": " + WINDOWS + " windows, " + decisions + " decisions, seed " + SEED);
        assertThat(decisions).isGreaterThan(WINDOWS);
    }

    private record Made(String strategyId, Decision decision) {}

    /** A window that candles are added to, and what is seen of it. */
    private record Sliding(CandleWindow window, CandleViews views) {
        private void append(MarketKinds market) {
            window.insert(market.next());
        }
    }

    private static Sliding views() {
        var window = new CandleWindow(LENGTH_LONG);
        return new Sliding(
                window, new CandleViews(window.newest(LENGTH), window.newest(LENGTH_LONG), HigherCandles.NONE));
    }

    private static List<Made> decide(SignalEngine engine, CandleViews views, EffectiveConfig config) {
        var made = new ArrayList<Made>();
        engine.decide(
                Timeframe.FIFTEEN_MINUTES,
                views,
                config,
                Rejections.IGNORED,
                true,
                (active, decision) ->
                        made.add(new Made(active.strategy().definition().id(), decision)));
        return made;
    }
}
