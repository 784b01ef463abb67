package io.tabot.config;

import io.tabot.config.ConfigEvent.Change;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a command would make of a state, and what is wrong with that. Filled while one command is decided. */
final class Plan {
    private final ConfigState state;
    private final Map<DocumentKey, @Nullable Document> wanted = new LinkedHashMap<>();
    private final Map<DocumentKey, String> names = new HashMap<>();
    private final List<FieldError> errors = new ArrayList<>();

    Plan(ConfigState state) {
        this.state = state;
    }

    ConfigState state() {
        return state;
    }

    /** The document is to have this value, or with null to be gone. */
    void want(DocumentKey key, @Nullable Document after) {
        wanted.put(key, after);
    }

    /** What the request calls its part about the document, where it has several. */
    void name(DocumentKey key, String name) {
        names.put(key, name);
    }

    /** The error under the name of the first of the documents that has one. */
    FieldError named(FieldError error, DocumentKey... keys) {
        return Arrays.stream(keys)
                .filter(names::containsKey)
                .findFirst()
                .map(key -> error.under(Objects.requireNonNull(names.get(key))))
                .orElse(error);
    }

    boolean wants(DocumentKey key) {
        return wanted.containsKey(key);
    }

    void refuse(FieldError error) {
        errors.add(error);
    }

    void refuse(List<FieldError> found) {
        errors.addAll(found);
    }

    List<FieldError> errors() {
        return errors;
    }

    @Nullable Document before(DocumentKey key) {
        return state.document(key).map(StoredDocument::value).orElse(null);
    }

    @Nullable Document after(DocumentKey key) {
        return wanted.containsKey(key) ? wanted.get(key) : before(key);
    }

    boolean changes(DocumentKey key) {
        return wanted.containsKey(key) && !Objects.equals(wanted.get(key), before(key));
    }

    /** All documents, of before and after. */
    Stream<DocumentKey> keys() {
        return Stream.concat(state.documents().keySet().stream(), wanted.keySet().stream())
                .distinct();
    }

    /** The differences, in the order in which they were wanted. */
    List<Change> changes() {
        return wanted.entrySet().stream()
                .filter(entry -> changes(entry.getKey()))
                .map(entry -> new Change(entry.getKey(), before(entry.getKey()), entry.getValue()))
                .toList();
    }
}
