package io.tabot.strategy;

import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The explanation that a strategy gives along with a decision: names and values in their order. A name that comes again
 * gets its new value in its old place.
 */
public final class Metadata {
    private static final int ENTRIES_TYPICAL = 12;

    private String[] names = new String[ENTRIES_TYPICAL];
    private @Nullable Object[] values = new Object[ENTRIES_TYPICAL];
    private int size;

    public Metadata() {}

    /** Begins with what is known already. */
    public Metadata(Map<String, @Nullable Object> known) {
        known.forEach(this::put);
    }

    /** An immutable copy in the same order, or the map itself if it is such a copy. */
    public static Map<String, @Nullable Object> copyOf(Map<String, @Nullable Object> map) {
        return map instanceof MetadataValues ? map : new Metadata(map).values();
    }

    public Metadata with(String name, double value) {
        return put(name, value);
    }

    public Metadata with(String name, boolean value) {
        return put(name, value);
    }

    public Metadata with(String name, String value) {
        return put(name, value);
    }

    /** A value of any kind; null is "undefined". */
    public Metadata put(String name, @Nullable Object value) {
        var known = MetadataValues.indexOf(names, size, name);
        if (known >= 0) {
            values[known] = value;
            return this;
        }
        if (size == names.length) {
            names = Arrays.copyOf(names, 2 * size);
            values = Arrays.copyOf(values, 2 * size);
        }
        names[size] = name;
        values[size++] = value;
        return this;
    }

    /** What was put in so far, immutable. */
    public Map<String, @Nullable Object> values() {
        return new MetadataValues(Arrays.copyOf(names, size), Arrays.copyOf(values, size));
    }
}
