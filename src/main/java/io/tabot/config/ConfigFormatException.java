package io.tabot.config;

/** Stored configuration that this build can't read: damaged, or written by a newer build. The message says which. */
public final class ConfigFormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ConfigFormatException(String message) {
        super(message);
    }

    public ConfigFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
