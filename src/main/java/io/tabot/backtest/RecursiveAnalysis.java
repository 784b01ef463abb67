package io.tabot.backtest;

import io.tabot.config.EffectiveConfig;
import io.tabot.market.AggregatedCandles;
import io.tabot.market.CandleSeries;
import io.tabot.market.CandleViews;
import io.tabot.market.CandleWindow;
import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import io.tabot.signal.Rejections;
import io.tabot.signal.Signal;
import io.tabot.signal.SignalEngine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * How much values and decisions depend on how many candles a window has: an average that goes on for ever is never
 * quite the same from another beginning. Everything is held against the longest window.
 */
public final class RecursiveAnalysis {
    /**
     * Of one indicator, against the longest window.
     *
     * @param worst for each length, the greatest difference as a share of the value; not a number where a window is too
     *     short to have one
     */
    public record Values(String indicator, List<Double> worst) {
        public Values {
            worst = List.copyOf(worst);
        }
    }

    /**
     * Of one strategy, against the longest window.
     *
     * @param signals how many it gives there
     * @param changed for each length, on how many candles it decides otherwise: is silent, speaks, or takes another
     * side
     * @param confidence for each length, the greatest difference of confidence where it decides the same
     */
    public record Decisions(String strategyId, int signals, List<Integer> changed, List<Double> confidence) {
        public Decisions {
            changed = List.copyOf(changed);
            confidence = List.copyOf(confidence);
        }
    }

    /** @param candles how many were decided on: those with the longest window before them */
    public record Findings(List<Integer> lengths, int candles, List<Values> values, List<Decisions> decisions) {
        public Findings {
            lengths = List.copyOf(lengths);
            values = List.copyOf(values);
            decisions = List.copyOf(decisions);
        }
    }

    private static final class Count {
        private int signals;
        private final int[] changed;
        private final double[] confidence;

        private Count(int lengths) {
            this.changed = new int[lengths];
            this.confidence = new double[lengths];
        }
    }

    private final SignalEngine engine;
    private final Symbol symbol;
    private final Timeframe timeframe;
    private final EffectiveConfig config;
    private final List<Integer> lengths;
    private final Map<String, Count> counts = new LinkedHashMap<>();
    private final Map<String, double[]> worst = new LinkedHashMap<>();

    /** @param lengths of the windows; at least two */
    public RecursiveAnalysis(
            SignalEngine engine, Symbol symbol, Timeframe timeframe, EffectiveConfig config, List<Integer> lengths) {
        if (lengths.stream().distinct().count() < 2) {
            throw new IllegalArgumentException("two lengths at least are needed to compare");
        }
        this.engine = engine;
        this.symbol = symbol;
        this.timeframe = timeframe;
        this.config = config;
        this.lengths = lengths.stream().distinct().sorted().toList();
    }

    /** @param indicators of a window's newest candle, by name; not a number where one is undefined */
    public Findings run(
            CandleTable candles, Function<CandleSeries, Map<String, Double>> indicators, Rejections rejections) {
        var longest = lengths.getLast();
        var window = new CandleWindow(longest);
        var views = lengths.stream().map(window::newest).toList();
        var higher = new AggregatedCandles(timeframe, config.higherTimeframes().getOrDefault(timeframe, List.of()));
        var decided = 0;
        for (var i = 0; i < candles.size(); i++) {
            var _ = window.insert(candles.candle(i));
            higher.add(candles.candle(i));
            if (window.size() == longest) {
                decided++;
                compareValues(views.stream().map(indicators).toList());
                compareDecisions(views.stream()
                        .map(view -> decide(new CandleViews(view, view, higher), rejections))
                        .toList());
            }
        }
        return findings(decided);
    }

    private Map<String, Signal> decide(CandleViews views, Rejections rejections) {
        var signals = new LinkedHashMap<String, Signal>();
        engine.evaluate(symbol, timeframe, views, config, rejections)
                .forEach(signal -> signals.put(signal.strategyId(), signal));
        return signals;
    }

    private void compareValues(List<Map<String, Double>> values) {
        values.getLast().forEach((name, reference) -> {
            var differences = worst.computeIfAbsent(name, _ -> new double[lengths.size()]);
            for (var i = 0; i < differences.length; i++) {
                var value = values.get(i).getOrDefault(name, Double.NaN);
                // NaN, once met, stays: there is no window of that length on which it is defined throughout.
                differences[i] = Math.max(differences[i], difference(value, reference));
            }
        });
    }

    private static double difference(double value, double reference) {
        var isSame = Double.compare(value, reference) == 0;
        return isSame ? 0 : Math.abs(value - reference) / Math.max(Math.abs(reference), Double.MIN_NORMAL);
    }

    private void compareDecisions(List<Map<String, Signal>> decisions) {
        for (var active : config.strategies()) {
            var id = active.strategy().definition().id();
            var count = counts.computeIfAbsent(id, _ -> new Count(lengths.size()));
            var reference = decisions.getLast().get(id);
            count.signals += reference == null ? 0 : 1;
            for (var i = 0; i < lengths.size(); i++) {
                var signal = decisions.get(i).get(id);
                if (signal == null || reference == null) {
                    count.changed[i] += signal == reference ? 0 : 1;
                } else if (signal.action() != reference.action()) {
                    count.changed[i]++;
                } else {
                    count.confidence[i] =
                            Math.max(count.confidence[i], Math.abs(signal.confidence() - reference.confidence()));
                }
            }
        }
    }

    private Findings findings(int decided) {
        var values = new ArrayList<Values>();
        worst.forEach((name, differences) ->
                values.add(new Values(name, Arrays.stream(differences).boxed().toList())));
        var decisions = new ArrayList<Decisions>();
        counts.forEach((id, count) -> decisions.add(new Decisions(
                id,
                count.signals,
                Arrays.stream(count.changed).boxed().toList(),
                Arrays.stream(count.confidence).boxed().toList())));
        return new Findings(lengths, decided, values, decisions);
    }
}
