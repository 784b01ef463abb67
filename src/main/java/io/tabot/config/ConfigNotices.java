package io.tabot.config;

/**
 * Who is told, beyond the nodes of this service, what becomes of the configuration. Called between changes, so every
 * method returns at once and never fails.
 */
public interface ConfigNotices {
    /** Nobody is told. */
    ConfigNotices NONE = new ConfigNotices() {
        @Override
        public void changed(ConfigEvent event) {}

        @Override
        public void head(long revision, String hash) {}
    };

    /** The event is stored and acknowledged. */
    void changed(ConfigEvent event);

    /** The newest event; repeated while it stays the newest. */
    void head(long revision, String hash);
}
