package io.tabot.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the configuration can be asked to do. Each ends in one event or none: {@link ConfigRules#decide}. */
public sealed interface ConfigCommand {
    ChangeMeta meta();

    /** Changes one document. */
    record ChangeOne(DocumentEdit edit, ChangeMeta meta) implements ConfigCommand {}

    /**
     * Changes several documents in one event, each at most once: all or none.
     *
     * @param precondition on the whole environment, besides that of each edit
     */
    record ChangeMany(List<DocumentEdit> edits, Precondition precondition, ChangeMeta meta) implements ConfigCommand {
        public ChangeMany {
            edits = List.copyOf(edits);
        }
    }

    /** Brings back an earlier state as a new event. Without scope: of the whole environment. */
    record Rollback(@Nullable DocumentKey scope, RollbackTarget target, Precondition precondition, ChangeMeta meta)
            implements ConfigCommand {}

    /**
     * The very first configuration. Changes nothing where there is a history.
     *
     * @param defaults what the application fields are that {@code config} does not give; not checked
     */
    record Initialize(WholeConfig config, AppConfig defaults, ChangeMeta meta) implements ConfigCommand {}
}
