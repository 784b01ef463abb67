package io.tabot.strategy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The explanation that a strategy gives along with a decision: names and values in their order. */
public final class Metadata {
    private final Map<String, @Nullable Object> values = new LinkedHashMap<>();

    public Metadata with(String name, double value) {
        values.put(name, value);
        return this;
    }

    public Metadata with(String name, boolean value) {
        values.put(name, value);
        return this;
    }

    public Metadata with(String name, String value) {
        values.put(name, value);
        return this;
    }

    Map<String, @Nullable Object> values() {
        return values;
    }
}
