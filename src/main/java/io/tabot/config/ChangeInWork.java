package io.tabot.config;

import java.util.List;

/** The one change that a {@link ConfigEntity} is at. */
sealed interface ChangeInWork {
    /** It is decided once the history was read. */
    record NeedsHistory(ConfigEntity.Change change, List<ConfigEvent> history) implements ChangeInWork {}

    /**
     * It was decided, and the voters are asked to remember it.
     *
     * @param answered whether its caller was told already that it is unconfirmed
     */
    record Persisting(ConfigEntity.Change change, Outcome.Accept accept, ConfigState before, boolean answered)
            implements ChangeInWork {}
}
