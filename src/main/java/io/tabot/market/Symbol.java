package io.tabot.market;

/**
 * The name of a traded instrument, e.g. {@code BTCUSDT}. Which names may be configured is the configuration's
 * rule, not ours.
 */
public record Symbol(String name) {
    public static final int NAME_LENGTH_MAX = 64;

    public Symbol {
        if (name.isBlank() || name.length() > NAME_LENGTH_MAX) {
            throw new IllegalArgumentException(
                    "a symbol has 1 to " + NAME_LENGTH_MAX + " characters, not '" + name + "'");
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
