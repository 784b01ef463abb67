package io.tabot.config;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parameters stored in one layer, with the event that gave each its value. It holds only what was set in it. */
public record ParameterSet(Map<String, @Nullable Object> values, Map<String, Long> revisions) {
    public static final ParameterSet NONE = new ParameterSet(Map.of(), Map.of());

    public ParameterSet {
        values = JsonValues.freezeMap(values);
        revisions = Map.copyOf(revisions);
    }

    public static ParameterSet of(ConfigState state, DocumentKey key) {
        return state.document(key)
                .map(stored -> new ParameterSet(stored.value().fields(), stored.fieldRevisions()))
                .orElse(NONE);
    }

    static ParameterSet of(@Nullable Document document) {
        return document == null ? NONE : new ParameterSet(document.fields(), Map.of());
    }
}
