package io.tabot.cli;

import io.tabot.config.EffectiveConfig;
import io.tabot.market.Symbol;
import io.tabot.signal.Rejections;
import io.tabot.signal.Signal;
import io.tabot.signal.SignalEngine;
import io.tabot.strategy.RuleSet;
import io.tabot.strategy.StrategyDefinition;
import io.tabot.testing.Configs;
import io.tabot.testing.SampleSeries;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How often each strategy signals with its defaults, and where: on the candles of the demo, or on generated ones. */
final class Firings {
    private static final int WINDOW = 250;
    private static final long SEED = 1;

    /** One signal, and the candle that it was made on. */
    record Firing(SampleSeries series, int index, RuleSet ruleSet, Signal signal) {}

    /** @param evaluations candles with a full window */
    record Measured(List<SampleSeries> series, int evaluations, Map<RuleSet, List<Firing>> firings) {
        List<Firing> of(RuleSet ruleSet) {
            return firings.get(ruleSet);
        }

        boolean isSilent() {
            return firings.values().stream().allMatch(List::isEmpty);
        }

        private Measured only(StrategyDefinition definition) {
            var own = new EnumMap<RuleSet, List<Firing>>(RuleSet.class);
            firings.forEach((ruleSet, all) -> own.put(
                    ruleSet,
                    all.stream()
                            .filter(firing -> firing.signal().strategyId().equals(definition.id()))
                            .toList()));
            return new Measured(series, evaluations, own);
        }
    }

    private static final SignalEngine ENGINE = new SignalEngine("docs");

    private final Measured demo = measure(
            List.of(SampleSeries.demo(new Symbol("BTCUSDT")), SampleSeries.demo(new Symbol("ETHUSDT"))),
            Map.of(
                    RuleSet.PYTHON, Configs.everything(RuleSet.PYTHON),
                    RuleSet.CORRECTED, Configs.everything(RuleSet.CORRECTED)));
    private final List<SampleSeries> generated = SampleSeries.generated(SEED);

    /** All strategies together, on the demo's candles. */
    Measured demo() {
        return demo;
    }

    /** On the demo's candles; on the first generated ones on which there is a signal, if there is none. */
    Measured of(StrategyDefinition definition) {
        var measured = demo.only(definition);
        return measured.isSilent() ? onGenerated(definition).orElse(measured) : measured;
    }

    private Optional<Measured> onGenerated(StrategyDefinition definition) {
        var configs = new EnumMap<RuleSet, EffectiveConfig>(RuleSet.class);
        for (var ruleSet : RuleSet.values()) {
            configs.put(ruleSet, Configs.only(definition.id(), ruleSet, Map.of()));
        }
        return generated.stream()
                .map(series -> measure(List.of(series), configs))
                .filter(measured -> !measured.isSilent())
                .findFirst();
    }

    private static Measured measure(List<SampleSeries> many, Map<RuleSet, EffectiveConfig> configs) {
        var firings = new EnumMap<RuleSet, List<Firing>>(RuleSet.class);
        var evaluations = 0;
        for (var series : many) {
            for (var i = WINDOW - 1; i < series.length(); i++) {
                var views = series.views(i, SampleSeries.LONG_WINDOW);
                var index = i;
                configs.forEach((ruleSet, config) -> {
                    var found = firings.computeIfAbsent(ruleSet, key -> new ArrayList<>());
                    ENGINE.evaluate(new Symbol("BTCUSDT"), series.timeframe(), views, config, Rejections.IGNORED)
                            .forEach(signal -> found.add(new Firing(series, index, ruleSet, signal)));
                });
                evaluations++;
            }
        }
        return new Measured(many, evaluations, firings);
    }
}
