package io.tabot.strategy;

import java.util.Optional;

/**
 * One trading rule. An evaluation is a pure function of the context: no clock, no state, no randomness. It allocates
 * nothing unless it fires.
 */
public interface Strategy {
    StrategyDefinition definition();

    /** The decision on the newest candle, or nothing. */
    Optional<Decision> evaluate(EvaluationContext context);
}
