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
 * A small immutable map of names and an array: made on most candles and often never read, so making it has to be cheap.
 * Its order is that of the names.
 */
public final class MetadataValues extends AbstractMap<String, @Nullable Object> {
    private final MetadataNames names;
    private final @Nullable Object[] values;

    /** The first values of the array, one for each name, which never change from now on. */
    MetadataValues(MetadataNames names, @Nullable Object[] values) {
        this.names = names;
        this.values = values;
    }

    public MetadataNames names() {
        return names;
    }

    /** That of the name with this index. */
    public @Nullable Object value(int index) {
        return values[index];
    }

    @Override
    public int size() {
        return names.size();
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return names.indexOf(name) >= 0;
    }

    @Override
    public @Nullable Object get(@Nullable Object name) {
        var index = names.indexOf(name);
        return index < 0 ? null : values[index];
    }

    @Override
    public void forEach(BiConsumer<? super String, ? super @Nullable Object> action) {
        for (var i = 0; i < names.size(); i++) {
            action.accept(names.get(i), values[i]);
        }
    }

    @Override
    public Set<Map.Entry<String, @Nullable Object>> entrySet() {
        return new Entries();
    }

    private final class Entries extends AbstractSet<Map.Entry<String, @Nullable Object>> {
        @Override
        public int size() {
            return names.size();
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
            return next < names.size();
        }

        @Override
        public Map.Entry<String, @Nullable Object> next() {
            if (next == names.size()) {
                throw new NoSuchElementException("all entries were taken");
            }
            return new SimpleImmutableEntry<>(names.get(next), values[next++]);
        }
    }
}
