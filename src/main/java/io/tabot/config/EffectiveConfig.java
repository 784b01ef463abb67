package io.tabot.config;

import io.tabot.market.Timeframe;
import io.tabot.strategy.ParameterValues;
import io.tabot.strategy.RuleSet;
import io.tabot.strategy.Strategy;
import io.tabot.strategy.StrategyDefinition;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The configuration of one symbol as of one revision, compiled for evaluation: what an engine reads and nothing else.
 * Immutable, so an evaluation can't see a mixture of two revisions.
 *
 * @param strategies the enabled ones, in catalog order
 * @param confidenceMin signals below it are dropped; inclusive
 * @param confidenceMax signals above it are dropped; inclusive
 */
public record EffectiveConfig(
        long revision,
        RuleSet ruleSet,
        boolean paused,
        double confidenceMin,
        double confidenceMax,
        Limits limits,
        List<ActiveStrategy> strategies) {
    /** A strategy that runs, with its effective parameters and their hash as published in signals. */
    public record ActiveStrategy(Strategy strategy, ParameterValues parameters, String parametersHash) {}

    /** Bounds that the consumers of signals enforce; this service only passes them on. */
    public record Limits(int maxPositions, List<Integer> positionSizes) {
        public Limits {
            positionSizes = List.copyOf(positionSizes);
        }
    }

    public EffectiveConfig {
        strategies = List.copyOf(strategies);
    }

    /** The same with one strategy at most. */
    public EffectiveConfig only(String strategyId) {
        var one = strategies.stream()
                .filter(active -> active.strategy().definition().id().equals(strategyId))
                .toList();
        return new EffectiveConfig(revision, ruleSet, paused, confidenceMin, confidenceMax, limits, one);
    }

    /** For each timeframe the higher ones that its strategies read. */
    public Map<Timeframe, List<Timeframe>> higherTimeframes() {
        return higherTimeframes(
                ruleSet,
                strategies.stream()
                        .map(active -> active.strategy().definition())
                        .toList());
    }

    /** The rules of the Python bot know no other timeframe than their own. */
    static Map<Timeframe, List<Timeframe>> higherTimeframes(RuleSet ruleSet, List<StrategyDefinition> definitions) {
        var higher = new EnumMap<Timeframe, List<Timeframe>>(Timeframe.class);
        if (ruleSet == RuleSet.CORRECTED) {
            definitions.forEach(definition -> definition
                    .higherTimeframes()
                    .forEach((base, read) -> higher.merge(base, read, EffectiveConfig::union)));
        }
        return higher;
    }

    private static List<Timeframe> union(List<Timeframe> some, List<Timeframe> others) {
        return Stream.concat(some.stream(), others.stream()).distinct().sorted().toList();
    }
}
