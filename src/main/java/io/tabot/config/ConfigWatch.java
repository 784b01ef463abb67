package io.tabot.config;

import java.time.Duration;
import java.util.Optional;

/** Whoever keeps an eye on the owner of the configuration. Told by the owner alone; returns at once, never fails. */
public interface ConfigWatch {
    /** Nobody looks. */
    ConfigWatch NONE = new ConfigWatch() {
        @Override
        public void history(Optional<String> broken) {}

        @Override
        public void stored(Duration took) {}
    };

    /** Why the history can't be served; nothing while it is sound, or once this node owns it no more. */
    void history(Optional<String> broken);

    /** A change has its majority, so long after it was decided. */
    void stored(Duration took);
}
