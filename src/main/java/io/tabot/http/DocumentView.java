package io.tabot.http;

import io.tabot.config.DocumentKey;
import io.tabot.config.StoredDocument;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * How a kind of document is shown.
 *
 * @param shape from a document, or null where there is none, and the name of where it was read
 */
record DocumentView(DocumentKey key, BiFunction<@Nullable StoredDocument, String, Object> shape) {
    Object show(@Nullable StoredDocument stored, String source) {
        return shape.apply(stored, source);
    }
}
