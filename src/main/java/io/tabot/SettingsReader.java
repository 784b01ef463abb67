package io.tabot;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Reads settings by type. Stricter than the library: no fraction is cut off a whole number, and a duration has to have
 * a unit, because "300" for five minutes would mean 300 ms.
 */
final class SettingsReader {
    private final Config config;

    SettingsReader(Config config) {
        this.config = config;
    }

    String text(String key) {
        return value(key).toString().strip();
    }

    int integer(String key) {
        var text = text(key);
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new SettingsException(key, text, "a whole number");
        }
    }

    double number(String key) {
        var text = text(key);
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new SettingsException(key, text, "a number");
        }
    }

    int positive(String key) {
        var number = integer(key);
        SettingsException.unless(number > 0, key, number, "a whole number from 1");
        return number;
    }

    boolean flag(String key) {
        var text = text(key);
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "on", "yes" -> true;
            case "false", "off", "no" -> false;
            default -> throw new SettingsException(key, text, "true or false");
        };
    }

    Duration duration(String key) {
        var text = text(key);
        if (text.matches("[-+]?0*")) {
            return Duration.ZERO;
        }
        if (text.matches("[-+0-9.eE]*")) {
            throw new SettingsException(key, text, "a duration with its unit, e.g. 500ms, 30s, 5m, 1h, 7d");
        }
        try {
            return config.getDuration(SettingNames.ROOT + key);
        } catch (ConfigException | ArithmeticException e) {
            throw new SettingsException(key, text, "a duration, e.g. 500ms, 30s, 5m, 1h, 7d");
        }
    }

    Duration positiveDuration(String key) {
        var duration = duration(key);
        SettingsException.unless(duration.isPositive(), key, duration, "a duration above 0, e.g. 30s");
        return duration;
    }

    /** A list, or one text with commas, which is how the environment has it. */
    List<String> list(String key) {
        var value = value(key);
        var items = value instanceof List<?> list
                ? list.stream().map(String::valueOf)
                : Arrays.stream(value.toString().split(","));
        return items.map(String::strip).filter(item -> !item.isEmpty()).toList();
    }

    <E extends Enum<E>> E oneOf(String key, Class<E> type) {
        var text = text(key);
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new SettingsException(key, text, "one of " + names(type)));
    }

    /** What a type refuses that does not know our keys, with the key in front. */
    static <T> T refusedAs(String key, Supplier<T> make) {
        try {
            return make.get();
        } catch (IllegalArgumentException e) {
            throw new SettingsException(SettingNames.ROOT + key + ": " + e.getMessage());
        }
    }

    private static String names(Class<? extends Enum<?>> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    private Object value(String key) {
        try {
            return config.getValue(SettingNames.ROOT + key).unwrapped();
        } catch (ConfigException e) {
            throw new SettingsException(key, "nothing", "a value; without one, leave the key out to have its default");
        }
    }
}
