package io.tabot.config;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A wanted change of one document. Values are what the caller sent, unchecked: {@link ConfigRules} judges them. */
public sealed interface DocumentEdit {
    Precondition precondition();

    /** Replaces the given fields; an absent or null one keeps its value, a list is replaced as a whole. */
    record UpdateApplication(Map<String, @Nullable Object> fields, Precondition precondition) implements DocumentEdit {
        public UpdateApplication {
            fields = JsonValues.freezeMap(fields);
        }
    }

    /** Sets the given parameters in one layer; null takes a parameter out of it. Without symbol: the global layer. */
    record UpdateParameters(
            String strategyId,
            @Nullable String symbol,
            Map<String, @Nullable Object> parameters,
            Precondition precondition)
            implements DocumentEdit {
        public UpdateParameters {
            parameters = JsonValues.freezeMap(parameters);
        }
    }

    /** Moves a strategy to another stage of its life. */
    record MoveLifecycle(
            String strategyId,
            String toState,
            @Nullable String decisionId,
            @Nullable String reasoningContext,
            Precondition precondition)
            implements DocumentEdit {}

    /** Removes one layer of parameters. Without symbol: the global layer. */
    record DeleteParameters(String strategyId, @Nullable String symbol, Precondition precondition)
            implements DocumentEdit {}
}
