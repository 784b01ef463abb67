package io.tabot.http;

import io.tabot.config.ConfigEvent;
import io.tabot.config.ConfigState;
import io.tabot.config.DocumentKey;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a document is shown.
 *
 * @param under other documents that show through it
 * @param shape from the configuration and the name of where that was read; null where there is nothing to show
 */
record DocumentView(DocumentKey key, List<DocumentKey> under, BiFunction<ConfigState, String, @Nullable Object> shape)
        implements ChangeView {
    DocumentView {
        under = List.copyOf(under);
    }

    @Override
    public long revision(ConfigState state) {
        return Stream.concat(Stream.of(key), under.stream())
                .mapToLong(state::revisionOf)
                .max()
                .orElse(0);
    }

    @Nullable Object show(ConfigState state, String source) {
        return shape.apply(state, source);
    }

    @Override
    public @Nullable Object show(ConfigState state, String source, @Nullable ConfigEvent event) {
        return show(state, source);
    }
}
