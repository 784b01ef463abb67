package io.tabot;

import org.jspecify.annotations.Nullable;

/** Settings that the service can't start with. The message is one line, made for the operator. */
public final class SettingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final @Nullable String key;
    private final String allowed;

    public SettingsException(String message) {
        super(message);
        this.key = null;
        this.allowed = "";
    }

    /** @param key without its leading {@code tabot.} */
    SettingsException(String key, Object value, String allowed) {
        super(message(SettingNames.ROOT + key, value, allowed));
        this.key = key;
        this.allowed = allowed;
    }

    static void unless(boolean holds, String key, Object value, String allowed) {
        if (!holds) {
            throw new SettingsException(key, value, allowed);
        }
    }

    /** The same, with the value as the operator wrote it and where that was, which a record can't know. */
    SettingsException locatedIn(SettingsSource source) {
        if (key == null) {
            return this;
        }
        var path = SettingNames.ROOT + key;
        return new SettingsException(message(path + source.origin(path), source.shown(path), allowed));
    }

    private static String message(String what, Object value, String allowed) {
        return what + " is " + value + ": allowed is " + allowed;
    }
}
