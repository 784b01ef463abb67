package io.tabot.strategy;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The names of a metadata in their order. Whoever takes the same names in the same order holds the same object, so that
 * what follows from them, such as how they are written, is worked out once.
 */
public final class MetadataNames {
    /** All strategies together take a tenth of it. What goes beyond is not shared. */
    private static final int SHARED_MAX = 8_192;

    private static final MetadataNames NONE = none(SHARED_MAX);

    private final @Nullable MetadataNames before;
    private final String name;
    private final int size;
    private final AtomicInteger room;

    /** What followed first, as a rule the only one: a strategy mostly puts the same names. */
    private volatile @Nullable MetadataNames likely;

    private volatile Map<String, MetadataNames> others = Map.of();
    private volatile String @Nullable [] all;

    private MetadataNames(@Nullable MetadataNames before, String name, int size, AtomicInteger room) {
        this.before = before;
        this.name = name;
        this.size = size;
        this.room = room;
    }

    /** None yet, of names that strategies put. */
    static MetadataNames none() {
        return NONE;
    }

    /** None yet, of names that anyone may have chosen: they are not kept. */
    static MetadataNames unshared() {
        return none(0);
    }

    /** None yet, of which so many continuations are shared. */
    static MetadataNames none(int room) {
        return new MetadataNames(null, "", 0, new AtomicInteger(room));
    }

    public int size() {
        return size;
    }

    public String get(int index) {
        return all()[index];
    }

    /** Null if the name is among them already. */
    @Nullable MetadataNames then(String next) {
        var step = likely;
        return step != null && step.name.equals(next) ? step : other(next);
    }

    private @Nullable MetadataNames other(String next) {
        var step = others.get(next);
        if (step != null) {
            return step;
        }
        return indexOf(next) < 0 ? add(next) : null;
    }

    private synchronized MetadataNames add(String next) {
        var step = others.get(next);
        if (step != null) {
            return step;
        }
        var added = new MetadataNames(this, next, size + 1, room);
        if (room.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            var more = new HashMap<>(others);
            more.put(next, added);
            others = Map.copyOf(more);
            likely = likely == null ? added : likely;
        }
        return added;
    }

    /** -1 if it is none of them. */
    int indexOf(@Nullable Object wanted) {
        for (var step = this; step.before != null; step = step.before) {
            if (step.name.equals(wanted)) {
                return step.size - 1;
            }
        }
        return -1;
    }

    private String[] all() {
        var known = all;
        if (known == null) {
            known = new String[size];
            for (var step = this; step.before != null; step = step.before) {
                known[step.size - 1] = step.name;
            }
            all = known;
        }
        return known;
    }
}
