package io.tabot.config;

import java.math.BigDecimal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Guesses what a value of the wrong type was meant to be. For suggestions only: nothing is ever taken so. */
public final class LooseValues {
    private static final int TEXT_LENGTH_MAX = 40;

    private LooseValues() {}

    public static @Nullable Boolean toBoolean(Object value) {
        return switch (String.valueOf(value).toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on", "1" -> true;
            case "false", "no", "off", "0" -> false;
            default -> null;
        };
    }

    public static @Nullable BigDecimal toNumber(Object value) {
        return switch (value) {
            case String text when text.length() <= TEXT_LENGTH_MAX -> parse(text.strip());
            case Number number -> parse(number.toString());
            default -> null;
        };
    }

    private static @Nullable BigDecimal parse(String text) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException _) {
            return null;
        }
    }
}
