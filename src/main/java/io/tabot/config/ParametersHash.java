package io.tabot.config;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The hash of a strategy's parameters as signals carry it: SHA-256 over the JSON that Python writes with sorted keys
 * and without white space, in lower-case hex. It tells 25 from 25.0, as Python does.
 */
public final class ParametersHash {
    private ParametersHash() {}

    /** @param parameters names of ASCII letters; values that are numbers or switches */
    public static String of(Map<String, ?> parameters) {
        return Sha256.hex(json(parameters));
    }

    static String json(Map<String, ?> parameters) {
        return new TreeMap<>(parameters)
                .entrySet().stream()
                        .map(entry -> '"' + entry.getKey() + "\":" + json(entry.getValue()))
                        .collect(Collectors.joining(",", "{", "}"));
    }

    private static String json(@Nullable Object value) {
        return switch (value) {
            case Boolean flag -> flag.toString();
            case Integer whole -> whole.toString();
            case Long whole -> whole.toString();
            case Double number -> ShortestDecimal.of(number).python();
            case null, default -> throw new IllegalArgumentException("not a parameter value: " + value);
        };
    }
}
