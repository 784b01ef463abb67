package io.tabot.http;

import io.tabot.config.ConfigEvent;
import io.tabot.config.ConfigState;
import io.tabot.config.Document;
import io.tabot.config.DocumentKey;
import io.tabot.config.Lifecycle;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One transition of a strategy's life as the API shows it.
 *
 * @param cioContext always null: no other service is asked for it
 */
record LifecycleEvent(
        String id,
        String strategyId,
        @Nullable String fromState,
        String toState,
        Instant transitionedAt,
        String transitionedBy,
        @Nullable String actor,
        @Nullable String decisionId,
        @Nullable String reasoningContext,
        @Nullable Object cioContext,
        long revision) {
    /** The newest transition. */
    static DocumentView newestOf(String strategyId) {
        var key = DocumentKey.lifecycle(strategyId);
        return new DocumentView(key, List.of(), (state, _) -> newest(state, strategyId, key));
    }

    static Optional<LifecycleEvent> of(String environment, String strategyId, ConfigEvent event) {
        return event.changeOf(DocumentKey.lifecycle(strategyId))
                .flatMap(change -> Optional.ofNullable(change.after()))
                .map(after -> of(
                        event.auditId(environment),
                        strategyId,
                        after,
                        event.at(),
                        event.changedBy(),
                        event.actor(),
                        event.revision()));
    }

    private static @Nullable LifecycleEvent newest(ConfigState state, String strategyId, DocumentKey key) {
        return state.document(key)
                .map(stored -> of(
                        ConfigEvent.auditId(state.environment(), stored.revision()),
                        strategyId,
                        stored.value(),
                        stored.updatedAt(),
                        stored.changedBy(),
                        stored.actor(),
                        stored.revision()))
                .orElse(null);
    }

    private static LifecycleEvent of(
            String id,
            String strategyId,
            Document document,
            Instant at,
            String by,
            @Nullable String actor,
            long revision) {
        var move = Lifecycle.from(document);
        return new LifecycleEvent(
                id,
                strategyId,
                move.from(),
                move.to(),
                at,
                by,
                actor,
                move.decisionId(),
                move.reasoningContext(),
                null,
                revision);
    }
}
