package io.tabot.strategy;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A small immutable map in two arrays: made on most candles and often never read, so making it has to be cheap. Its
 * order is that of the arrays.
 */
final class MetadataValues extends AbstractMap<String, @Nullable Object> {
    private final String[] names;
    private final @Nullable Object[] values;
    private final int size;

    /** The first so many of the arrays, which never change from now on; no name is in it twice. */
    MetadataValues(String[] names, @Nullable Object[] values, int size) {
        this.names = names;
        this.values = values;
        this.size = size;
    }

    static int indexOf(String[] names, int size, @Nullable Object name) {
        for (var i = 0; i < size; i++) {
            if (names[i].equals(name)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return indexOf(names, size, name) >= 0;
    }

    @Override
    public @Nullable Object get(@Nullable Object name) {
        var index = indexOf(names, size, name);
        return index < 0 ? null : values[index];
    }

    @Override
    public void forEach(BiConsumer<? super String, ? super @Nullable Object> action) {
        for (var i = 0; i < size; i++) {
            action.accept(names[i], values[i]);
        }
    }

    @Override
    public Set<Map.Entry<String, @Nullable Object>> entrySet() {
        return new Entries();
    }

    private final class Entries extends AbstractSet<Map.Entry<String, @Nullable Object>> {
        @Override
        public int size() {
            return size;
        }

        @Override
        public Iterator<Map.Entry<String, @Nullable Object>> iterator() {
            return new InOrder();
        }
    }

    private final class InOrder implements Iterator<Map.Entry<String, @Nullable Object>> {
        private int next;

        @Override
        public boolean hasNext() {
            return next < size;
        }

        @Override
        public Map.Entry<String, @Nullable Object> next() {
            if (next == size) {
                throw new NoSuchElementException("all entries were taken");
            }
            return new SimpleImmutableEntry<>(names[next], values[next++]);
        }
    }
}
