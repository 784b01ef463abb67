package io.tabot.http;

import io.tabot.config.ConfigDiff;
import io.tabot.config.ConfigDiff.DocumentDiff;
import io.tabot.config.ConfigDiff.FieldDiff;
import java.util.List;

/** Differences between configurations, as answers show them. */
final class Diffs {
    /** One document that differs. */
    record Item(String document, String action, List<FieldDiff> fields) {}

    private Diffs() {}

    static List<Item> of(ConfigDiff diff) {
        return diff.documents().stream().map(Diffs::item).toList();
    }

    private static Item item(DocumentDiff diff) {
        return new Item(diff.document().path(), diff.action().name(), diff.fields());
    }
}
