package io.tabot.strategy;

import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The explanation that a strategy gives along with a decision: names and values in their order. A name that comes again
 * gets its new value in its old place. Where nobody is going to read it, what is put in is ignored.
 */
public final class Metadata {
    private static final int ENTRIES_TYPICAL = 20;

    private static final Map<String, @Nullable Object> NONE = new MetadataValues(MetadataNames.none(), new Object[0]);

    /** Stays empty, and is shared by all threads. */
    static final Metadata IGNORED = new Metadata(MetadataNames.none(), 0, true);

    private final boolean isIgnored;
    private MetadataNames names;
    private @Nullable Object[] values;
    private boolean isHandedOut;

    public Metadata() {
        this(ENTRIES_TYPICAL);
    }

    /** One that has room for so many, without having to grow. */
    public Metadata(int capacity) {
        this(MetadataNames.none(), capacity, false);
    }

    private Metadata(MetadataNames names, int capacity, boolean isIgnored) {
        this.names = names;
        this.values = new Object[capacity];
        this.isIgnored = isIgnored;
    }

    /** An immutable copy in the same order, or the map itself if it is such a copy. */
    public static Map<String, @Nullable Object> copyOf(Map<String, @Nullable Object> map) {
        if (map instanceof MetadataValues) {
            return map;
        }
        return new Metadata(MetadataNames.unshared(), map.size(), false)
                .withAll(map)
                .values();
    }

    public Metadata with(String name, double value) {
        return isIgnored ? this : put(name, value);
    }

    public Metadata with(String name, boolean value) {
        return isIgnored ? this : put(name, value);
    }

    public Metadata with(String name, String value) {
        return isIgnored ? this : put(name, value);
    }

    public Metadata withAll(Map<String, @Nullable Object> known) {
        known.forEach(this::put);
        return this;
    }

    /** A value of any kind; null is "undefined". */
    public Metadata put(String name, @Nullable Object value) {
        if (isIgnored) {
            return this;
        }
        var next = names.then(name);
        var index = next == null ? names.indexOf(name) : names.size();
        makeRoom();
        values[index] = value;
        names = next == null ? names : next;
        return this;
    }

    private void makeRoom() {
        if (isHandedOut || names.size() == values.length) {
            values = Arrays.copyOf(values, names.size() + ENTRIES_TYPICAL);
            isHandedOut = false;
        }
    }

    /** What was put in so far, immutable. */
    public Map<String, @Nullable Object> values() {
        if (isIgnored) {
            return NONE;
        }
        isHandedOut = true;
        return new MetadataValues(names, values);
    }
}
