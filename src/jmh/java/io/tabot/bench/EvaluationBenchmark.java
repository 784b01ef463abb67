package io.tabot.bench;

import io.tabot.config.EffectiveConfig;
import io.tabot.market.CandleViews;
import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import io.tabot.signal.Rejections;
import io.tabot.signal.Signal;
import io.tabot.signal.SignalEngine;
import io.tabot.strategy.RuleSet;
import io.tabot.testing.Configs;
import io.tabot.testing.Golden;
import io.tabot.testing.Windows;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * One evaluation of 250 recorded candles: all strategies with their defaults through the engine, as a SignalActor does
 * it. Each operation takes the next of 64 windows, so that neither caches nor branch prediction know them by heart.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EvaluationBenchmark {
    private static final String SERIES = "cb_btc_4h_2022";
    private static final Symbol SYMBOL = new Symbol("BTCUSDT");
    private static final int LENGTH = 250;
    private static final int WINDOWS = 64;

    @Param({"silent", "firing"})
    public String windows = "silent";

    private final SignalEngine engine = new SignalEngine("bench");
    private final EffectiveConfig config = Configs.everything(RuleSet.PYTHON);
    private final CandleViews[] chosen = new CandleViews[WINDOWS];
    private int next;

    @Setup
    public void choose() {
        var found = new ArrayList<CandleViews>();
        var candles = Golden.candles(SERIES);
        for (var last = LENGTH - 1; last < candles.length(); last++) {
            var window = CandleViews.of(Windows.of(candles, last, LENGTH));
            if (evaluate(window).isEmpty() == windows.equals("silent")) {
                found.add(window);
            }
        }
        for (var i = 0; i < WINDOWS; i++) {
            chosen[i] = found.get(i * found.size() / WINDOWS);
        }
    }

    @Benchmark
    public List<Signal> evaluation() {
        next = (next + 1) % WINDOWS;
        return evaluate(chosen[next]);
    }

    private List<Signal> evaluate(CandleViews window) {
        return engine.evaluate(SYMBOL, Timeframe.FOUR_HOURS, window, config, Rejections.IGNORED);
    }
}
