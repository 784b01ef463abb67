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

    private static final Map<String, @Nullable Object> NONE = new MetadataValues(new String[0], new Object[0], 0);

    /** Stays empty, and is shared by all threads. */
    static final Metadata IGNORED = new Metadata(0, true);

    private final boolean isIgnored;
    private String[] names;
    private @Nullable Object[] values;
    private int size;

    /** One bit for each name, several names to a bit: a name whose bit is not set is a new one. */
    private long known;

    private boolean isHandedOut;

    public Metadata() {
        this(ENTRIES_TYPICAL, false);
    }

    private Metadata(int capacity, boolean isIgnored) {
        this.isIgnored = isIgnored;
        names = new String[capacity];
        values = new Object[capacity];
    }

    /** An immutable copy in the same order, or the map itself if it is such a copy. */
    public static Map<String, @Nullable Object> copyOf(Map<String, @Nullable Object> map) {
        return map instanceof MetadataValues ? map : new Metadata().withAll(map).values();
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
        var bit = 1L << name.hashCode();
        var index = (known & bit) == 0 ? -1 : MetadataValues.indexOf(names, size, name);
        makeRoom();
        if (index < 0) {
            known |= bit;
            index = size++;
            names[index] = name;
        }
        values[index] = value;
        return this;
    }

    private void makeRoom() {
        if (isHandedOut || size == names.length) {
            names = Arrays.copyOf(names, size + ENTRIES_TYPICAL);
            values = Arrays.copyOf(values, size + ENTRIES_TYPICAL);
            isHandedOut = false;
        }
    }

    /** What was put in so far, immutable. */
    public Map<String, @Nullable Object> values() {
        if (isIgnored) {
            return NONE;
        }
        isHandedOut = true;
        return new MetadataValues(names, values, size);
    }
}
