package io.tabot.backtest;

import io.tabot.config.EffectiveConfig;
import io.tabot.market.AggregatedCandles;
import io.tabot.market.CandleViews;
import io.tabot.market.CandleWindow;
import io.tabot.market.HigherViews;
import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import io.tabot.signal.Rejections;
import io.tabot.signal.Signal;
import io.tabot.signal.SignalEngine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Whether a decision depends on candles that come after it. Each candle is decided on twice: where all later
 * candles lie in memory behind the views, as if the future had come already, and where there is none.
 */
public final class LookaheadAnalysis {
    private static final int VIEW = 250;
    private static final int LONG_VIEW = 300;

    /**
     * Of one strategy.
     *
     * @param signals how many it gave without later candles
     * @param changed on how many candles it says something else with them, or speaks on one side only
     * @param first open time of the first of those; null for none
     */
    public record Finding(
            String strategyId,
            int signals,
            int changed,
            @Nullable Long first) {}

    private static final class Count {
        private int signals;
        private int changed;
        private @Nullable Long first;
    }

    private final SignalEngine engine;
    private final Symbol symbol;
    private final Timeframe timeframe;
    private final EffectiveConfig config;
    private final List<Timeframe> higher;

    public LookaheadAnalysis(SignalEngine engine, Symbol symbol, Timeframe timeframe, EffectiveConfig config) {
        this.engine = engine;
        this.symbol = symbol;
        this.timeframe = timeframe;
        this.config = config;
        this.higher = config.higherTimeframes().getOrDefault(timeframe, List.of());
    }

    /** One finding a strategy, in catalog order. */
    public List<Finding> run(CandleTable candles, Rejections rejections) {
        var all = new CandleWindow(Math.max(1, candles.size()));
        var whole = new HigherViews(timeframe, all);
        wholeHigher(candles).forEach(whole::read);
        for (var i = 0; i < candles.size(); i++) {
            var _ = all.insert(candles.candle(i));
        }
        var past = new CandleWindow(LONG_VIEW);
        var known = new AggregatedCandles(timeframe, higher);
        var pastViews = new CandleViews(past.newest(VIEW), past.newest(LONG_VIEW), known);
        var counts = new LinkedHashMap<String, Count>();
        config.strategies()
                .forEach(active -> counts.put(active.strategy().definition().id(), new Count()));
        for (var i = 0; i < candles.size(); i++) {
            var candle = candles.candle(i);
            var _ = past.insert(candle);
            known.add(candle);
            var openTime = candle.openTime();
            var allViews = new CandleViews(all.asOf(openTime, VIEW), all.asOf(openTime, LONG_VIEW), whole);
            compare(openTime, decide(pastViews, rejections), decide(allViews, rejections), counts);
        }
        return counts.entrySet().stream()
                .map(entry -> new Finding(
                        entry.getKey(), entry.getValue().signals, entry.getValue().changed, entry.getValue().first))
                .toList();
    }

    private Map<String, Signal> decide(CandleViews views, Rejections rejections) {
        var signals = new LinkedHashMap<String, Signal>();
        engine.evaluate(symbol, timeframe, views, config, rejections)
                .forEach(signal -> signals.put(signal.strategyId(), signal));
        return signals;
    }

    private static void compare(
            long openTime, Map<String, Signal> past, Map<String, Signal> all, Map<String, Count> counts) {
        counts.forEach((id, count) -> {
            var before = past.get(id);
            count.signals += before == null ? 0 : 1;
            var after = all.get(id);
            if (before == null ? after != null : !before.equals(after)) {
                count.changed++;
                count.first = count.first == null ? Long.valueOf(openTime) : count.first;
            }
        });
    }

    /** Every higher candle that the whole series makes up, those that close last included. */
    private Map<Timeframe, CandleWindow> wholeHigher(CandleTable candles) {
        var walk = new AggregatedCandles(timeframe, higher);
        var made = new TreeMap<Timeframe, CandleWindow>();
        for (var i = 0; i < candles.size(); i++) {
            walk.add(candles.candle(i));
            var instant = timeframe.closeTime(candles.openTime(i));
            for (var one : higher) {
                var series = walk.closedBy(one, instant);
                if (series != null) {
                    var window = made.computeIfAbsent(one, _ -> new CandleWindow(Math.max(1, candles.size())));
                    var newest = new ArrayList<>(List.of(series.length() - 1));
                    if (window.isEmpty() && series.length() > 1) {
                        newest.addFirst(series.length() - 2);
                    }
                    newest.forEach(index -> window.insert(series.candle(index)));
                }
            }
        }
        return made;
    }
}
