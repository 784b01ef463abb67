package io.tabot.http;

import io.tabot.config.ConfigEvent;
import io.tabot.config.ConfigState;
import org.jspecify.annotations.Nullable;

/** What the answer to a change shows of the configuration. */
sealed interface ChangeView permits DocumentView, EnvironmentView {
    /** The newest change of anything that is shown. */
    long revision(ConfigState state);

    /**
     * The data of the answer.
     *
     * @param source where the state was read
     * @param event the change that led to the state; null where nothing changed
     */
    @Nullable Object show(ConfigState state, String source, @Nullable ConfigEvent event);
}
