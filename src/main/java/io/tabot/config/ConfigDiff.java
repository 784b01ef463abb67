package io.tabot.config;

import io.tabot.config.ConfigEvent.Action;
import io.tabot.config.ConfigEvent.Change;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What differs between two configurations, document by document and field by field. */
public record ConfigDiff(List<DocumentDiff> documents) {
    /** One document that differs; {@code action} says whether it came, went or changed. */
    public record DocumentDiff(DocumentKey document, Action action, List<FieldDiff> fields) {
        public DocumentDiff {
            fields = List.copyOf(fields);
        }
    }

    /**
     * One field that differs; null where it is absent. Of two lists, what one has and the other lacks: order and
     * repetition show in the values only.
     */
    public record FieldDiff(
            String field, @Nullable Object before, @Nullable Object after, List<Object> added, List<Object> removed) {
        public FieldDiff {
            added = List.copyOf(added);
            removed = List.copyOf(removed);
        }
    }

    public static final ConfigDiff NONE = new ConfigDiff(List.of());

    public ConfigDiff {
        documents = List.copyOf(documents);
    }

    /** What the event changed. */
    public static ConfigDiff of(ConfigEvent event) {
        return of(event.changes());
    }

    static ConfigDiff of(List<Change> changes) {
        return new ConfigDiff(changes.stream()
                .map(change ->
                        new DocumentDiff(change.document(), change.action(), between(change.before(), change.after())))
                .toList());
    }

    /** What was changed from one state to the other. */
    public static ConfigDiff between(ConfigState before, ConfigState after) {
        var keys = new TreeSet<>(before.documents().keySet());
        keys.addAll(after.documents().keySet());
        var changes = new ArrayList<Change>();
        for (var key : keys) {
            var old = before.document(key).map(StoredDocument::value).orElse(null);
            var present = after.document(key).map(StoredDocument::value).orElse(null);
            if (!Objects.equals(old, present)) {
                changes.add(new Change(key, old, present));
            }
        }
        return of(changes);
    }

    /** The fields that differ, those of the newer document first, in its order. */
    public static List<FieldDiff> between(@Nullable Document before, @Nullable Document after) {
        var old = fields(before);
        var present = fields(after);
        var names = new LinkedHashSet<>(present.keySet());
        names.addAll(old.keySet());
        return names.stream()
                .filter(name -> !Objects.equals(old.get(name), present.get(name)))
                .map(name -> field(name, old.get(name), present.get(name)))
                .toList();
    }

    private static Map<String, @Nullable Object> fields(@Nullable Document document) {
        return document == null ? Map.of() : document.fields();
    }

    private static FieldDiff field(String name, @Nullable Object before, @Nullable Object after) {
        var isList = before instanceof List && (after == null || after instanceof List)
                || before == null && after instanceof List;
        return isList
                ? new FieldDiff(name, before, after, onlyIn(after, before), onlyIn(before, after))
                : new FieldDiff(name, before, after, List.of(), List.of());
    }

    private static List<Object> onlyIn(@Nullable Object here, @Nullable Object there) {
        var items = new LinkedHashSet<Object>(items(here));
        items.removeAll(new LinkedHashSet<Object>(items(there)));
        items.removeIf(Objects::isNull);
        return List.copyOf(items);
    }

    private static Collection<?> items(@Nullable Object list) {
        return list instanceof List<?> items ? items : List.of();
    }
}
