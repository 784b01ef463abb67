package io.tabot.live;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One entry of a log. However many readers it goes to, it is written out once. */
public final class LiveEntry<T> {
    private final long number;
    private final T value;
    private volatile @Nullable String json;

    /** @param number greater than those of all earlier entries; numbers may be left out */
    public LiveEntry(long number, T value) {
        this.number = number;
        this.value = value;
    }

    public long number() {
        return number;
    }

    public T value() {
        return value;
    }

    /** @param write gives the same text whoever asks; two readers at once may both call it */
    public String json(Function<T, String> write) {
        var known = json;
        if (known == null) {
            known = write.apply(value);
            json = known;
        }
        return known;
    }
}
