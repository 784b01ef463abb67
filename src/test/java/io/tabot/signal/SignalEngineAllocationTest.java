package io.tabot.signal;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.tabot.config.EffectiveConfig;
import io.tabot.market.CandleViews;
import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import io.tabot.strategy.RuleSet;
import io.tabot.testing.Configs;
import io.tabot.testing.GeneratedCandles;
import io.tabot.testing.Windows;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Most candles make no signal: those must not make garbage either. */
class SignalEngineAllocationTest {
    private static final int WARM_UP_ROUNDS = 200;
    private static final int MEASURED_ROUNDS = 200;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final SignalEngine engine = new SignalEngine("test");
    private final Symbol symbol = new Symbol("BTCUSDT");

    @Test
    void allocatesNothingWhenNothingFires() {
        for (var ruleSet : RuleSet.values()) {
            var config = Configs.everything(ruleSet);
            var silent = silentWindows(ruleSet);
            assertThat(silent).hasSizeGreaterThan(100);
            run(silent, config, WARM_UP_ROUNDS);

            var before = threads.getCurrentThreadAllocatedBytes();
            run(silent, config, MEASURED_ROUNDS);
            var allocated = threads.getCurrentThreadAllocatedBytes() - before;

            var evaluations = (long) MEASURED_ROUNDS * silent.size();
            System.out.println(ruleSet + ": " + allocated + " bytes in " + evaluations + " silent evaluations");
            assertThat(allocated / evaluations).isZero();
        }
    }

    private void run(List<CandleViews> windows, EffectiveConfig config, int rounds) {
        for (var round = 0; round < rounds; round++) {
            for (var i = 0; i < windows.size(); i++) {
                engine.evaluate(symbol, Timeframe.FIFTEEN_MINUTES, windows.get(i), config, Rejections.IGNORED);
            }
        }
    }

    private List<CandleViews> silentWindows(RuleSet ruleSet) {
        var candles = GeneratedCandles.all();
        var config = Configs.everything(ruleSet);
        return IntStream.rangeClosed(250, candles.size())
                .mapToObj(end -> CandleViews.of(Windows.of(candles.subList(end - 250, end))))
                .filter(view -> engine.evaluate(symbol, Timeframe.FIFTEEN_MINUTES, view, config, Rejections.IGNORED)
                        .isEmpty())
                .toList();
    }
}
