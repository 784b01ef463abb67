package io.tabot.signal;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.tabot.config.EffectiveConfig;
import io.tabot.config.EffectiveConfig.ActiveStrategy;
import io.tabot.market.CandleViews;
import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import io.tabot.strategy.RuleSet;
import io.tabot.testing.Configs;
import io.tabot.testing.GeneratedCandles;
import io.tabot.testing.Rounds;
import io.tabot.testing.Windows;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A strategy that does not fire makes no garbage. Hardly a candle leaves all of them silent, so each window is
 * evaluated by those that are silent on it.
 */
class SignalEngineAllocationTest {
    private static final int WINDOW_STEP = 5;
    private static final int WARM_UP_ROUNDS = Rounds.of(100);
    private static final int MEASURED_ROUNDS = Rounds.of(100);

    /** A window, and every strategy that does not fire on it. */
    private record Silence(CandleViews views, EffectiveConfig config) {}

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final SignalEngine engine = new SignalEngine("test");
    private final Symbol symbol = new Symbol("BTCUSDT");

    @Test
    void allocatesNothingWhenNothingFires() {
        for (var ruleSet : RuleSet.values()) {
            var silences = silences(ruleSet);
            run(silences, WARM_UP_ROUNDS);

            var before = threads.getCurrentThreadAllocatedBytes();
            run(silences, MEASURED_ROUNDS);
            var allocated = threads.getCurrentThreadAllocatedBytes() - before;

            var evaluations = (long) MEASURED_ROUNDS * silences.size();
            System.out.println(ruleSet + ": " + allocated + " bytes in " + evaluations + " silent evaluations");
            assertThat(allocated / evaluations).isZero();
        }
    }

    private void run(List<Silence> silences, int rounds) {
        for (var round = 0; round < rounds; round++) {
            for (var i = 0; i < silences.size(); i++) {
                evaluate(silences.get(i).views(), silences.get(i).config());
            }
        }
    }

    private List<Signal> evaluate(CandleViews views, EffectiveConfig config) {
        return engine.evaluate(symbol, Timeframe.FIFTEEN_MINUTES, views, config, Rejections.IGNORED);
    }

    private List<Silence> silences(RuleSet ruleSet) {
        var candles = GeneratedCandles.all();
        var everything = Configs.everything(ruleSet);
        var silences = new ArrayList<Silence>();
        var silentOnce = new HashSet<ActiveStrategy>();
        for (var end = 250; end <= candles.size(); end += WINDOW_STEP) {
            var views = CandleViews.of(Windows.of(candles.subList(end - 250, end)));
            var fired =
                    evaluate(views, everything).stream().map(Signal::strategyId).toList();
            var silent = everything.strategies().stream()
                    .filter(active ->
                            !fired.contains(active.strategy().definition().id()))
                    .toList();
            silentOnce.addAll(silent);
            silences.add(new Silence(views, Configs.of(ruleSet, silent)));
        }
        assertThat(silentOnce).hasSameSizeAs(everything.strategies());
        return silences;
    }
}
