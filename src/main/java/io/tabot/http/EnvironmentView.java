package io.tabot.http;

import io.tabot.config.ConfigEvent;
import io.tabot.config.ConfigState;
import io.tabot.config.DocumentKey;
import io.tabot.config.StoredDocument;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a change of several documents is shown: those that it names, then those that it changed, as they are stored.
 */
record EnvironmentView(List<DocumentKey> named) implements ChangeView {
    /** A change that names no document. */
    static final EnvironmentView OF_CHANGED = new EnvironmentView(List.of());

    /**
     * One document.
     *
     * @param value null where it does not exist
     */
    private record Item(String document, @Nullable Map<String, @Nullable Object> value, long version, long revision) {}

    private record Documents(List<Item> documents) {}

    EnvironmentView {
        named = List.copyOf(named);
    }

    @Override
    public long revision(ConfigState state) {
        return state.configuredRevision();
    }

    @Override
    public Object show(ConfigState state, String source, @Nullable ConfigEvent event) {
        var changed = event == null
                ? Stream.<DocumentKey>empty()
                : event.changes().stream().map(ConfigEvent.Change::document);
        return new Documents(Stream.concat(named.stream(), changed)
                .distinct()
                .map(key -> item(key, state))
                .toList());
    }

    private static Item item(DocumentKey key, ConfigState state) {
        var fields = state.document(key)
                .map(StoredDocument::value)
                .map(value -> value.fields())
                .orElse(null);
        return new Item(key.path(), fields, state.versionOf(key), state.revisionOf(key));
    }
}
