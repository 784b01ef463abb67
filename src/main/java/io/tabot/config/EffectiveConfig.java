package io.tabot.config;

import io.tabot.strategy.ParameterValues;
import io.tabot.strategy.RuleSet;
import io.tabot.strategy.Strategy;
import java.util.List;

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
}
