package io.tabot.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a command ended. Refusals are values, so that a caller's switch must name each of them. */
public sealed interface Outcome {
    /** The change is good. It holds once the event is persisted; a dry run goes no further than this. */
    record Accept(ConfigEvent event, ConfigState next) implements Outcome {}

    /** Everything already is as wanted: no event. */
    record Unchanged(ConfigState state) implements Outcome {}

    /** The idempotency key was seen before, with this change: its answer holds again. */
    record Repeat(ConfigEvent first) implements Outcome {}

    /** The idempotency key was seen before, with another request. */
    record KeyReused(ConfigEvent first) implements Outcome {}

    /**
     * The document was changed by someone else.
     *
     * @param document null when the precondition was on the whole environment
     * @param current null when it does not exist, or for the whole environment
     * @param revision the last event that changed it
     * @param wanted what the change would make of the current documents, if it can be told
     */
    record Stale(
            @Nullable DocumentKey document,
            @Nullable StoredDocument current,
            Precondition expected,
            long revision,
            long version,
            ConfigDiff wanted)
            implements Outcome {}

    /** All that is wrong with the change, not only the first. */
    record Invalid(List<FieldError> errors) implements Outcome {
        public Invalid {
            errors = List.copyOf(errors);
        }
    }

    /** Something that the command names does not exist. */
    record Unknown(
            What what,
            String name,
            String message,
            @Nullable String suggestion) implements Outcome {
        /** The kinds of thing that can be missing. */
        public enum What {
            STRATEGY,
            DOCUMENT,
            ROLLBACK_TARGET,
            AUDIT_ITEM
        }
    }
}
