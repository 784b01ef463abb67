package io.tabot.signal;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.tabot.market.Candle;
import io.tabot.market.CandleSeries;
import io.tabot.market.CandleViews;
import io.tabot.market.CandleWindow;
import io.tabot.market.HigherCandles;
import io.tabot.market.HigherViews;
import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import io.tabot.strategy.RuleSet;
import io.tabot.testing.Aggregates;
import io.tabot.testing.Configs;
import io.tabot.testing.RegimeCandles;
import io.tabot.testing.Rounds;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A silent evaluation makes no garbage either when it looks at other timeframes. */
class HigherTimeframeAllocationTest {
    private static final Timeframe BASE = Timeframe.FIFTEEN_MINUTES;
    private static final List<Timeframe> HIGHER = List.of(Timeframe.ONE_HOUR, Timeframe.FOUR_HOURS);
    private static final List<Candle> CANDLES = RegimeCandles.of(5, BASE, 0.004, 12_000);
    private static final int ROUNDS = Rounds.of(300);
    private static final Symbol BTCUSDT = new Symbol("BTCUSDT");

    /** With these, every other candle counts as the turn of a pullback. */
    private static final Map<String, ?> CURIOUS =
            Map.of("rsi_oversold", 99, "rsi_overbought", 100, "pullback_tolerance", 1, "volume_multiplier", 0);

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final SignalEngine engine = new SignalEngine("test");
    private final AtomicLong answers = new AtomicLong();

    @Test
    void allocatesNothingWhenNothingFires() {
        var config = Configs.only("multi_timeframe_trend_continuation", RuleSet.CORRECTED, CURIOUS);
        var silent = IntStream.range(0, 300)
                .mapToObj(i -> views(4500 + 25 * i))
                .filter(views -> engine.evaluate(BTCUSDT, BASE, views, config, Rejections.IGNORED)
                        .isEmpty())
                .toList();
        assertThat(silent).hasSizeGreaterThan(50);
        for (var round = 0; round < ROUNDS; round++) {
            silent.forEach(views -> engine.evaluate(BTCUSDT, BASE, views, config, Rejections.IGNORED));
        }
        answers.set(0);

        var before = threads.getCurrentThreadAllocatedBytes();
        for (var round = 0; round < ROUNDS; round++) {
            for (var i = 0; i < silent.size(); i++) {
                engine.evaluate(BTCUSDT, BASE, silent.get(i), config, Rejections.IGNORED);
            }
        }
        var allocated = threads.getCurrentThreadAllocatedBytes() - before;

        var evaluations = (long) ROUNDS * silent.size();
        System.out.println(allocated + " bytes in " + evaluations + " silent evaluations with " + answers
                + " answers about higher timeframes");
        assertThat(answers.get()).isGreaterThan(evaluations / 5);
        assertThat(allocated / evaluations).isZero();
    }

    private CandleViews views(int last) {
        var base = window(CANDLES.subList(last - 249, last + 1));
        var views = new HigherViews(BASE, base);
        HIGHER.forEach(higher ->
                views.read(higher, window(Aggregates.of(CANDLES.subList(last - 4500, last), BASE, higher))));
        return new CandleViews(base.newest(250), base.newest(250), new Counted(views, answers));
    }

    private static CandleWindow window(List<Candle> candles) {
        var window = new CandleWindow(300);
        candles.forEach(window::insert);
        return window;
    }

    private record Counted(HigherCandles higher, AtomicLong answers) implements HigherCandles {
        @Override
        public @Nullable CandleSeries closedBy(Timeframe timeframe, long instant) {
            var series = higher.closedBy(timeframe, instant);
            if (series != null) {
                answers.incrementAndGet();
            }
            return series;
        }
    }
}
