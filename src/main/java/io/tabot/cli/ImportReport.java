package io.tabot.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tabot.config.DocumentKey;
import io.tabot.importer.ImportItem;
import io.tabot.importer.ImportItem.Verdict;
import io.tabot.importer.ImportPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/**
 * What an import takes over and what not, for people or as JSON.
 *
 * @param source the address of the database, without secrets
 */
record ImportReport(String source, String environment, ImportPlan plan) {
    private static final int NOTE_LENGTH_MAX = 200;

    /** @param journals what became of each, by name; empty where nothing was to be written */
    String text(Map<String, String> journals, boolean isApplied) {
        var text = new StringBuilder();
        text.append(source).append(" to environment ").append(environment).append(": ");
        text.append(plan.events().size())
                .append(" changes, head ")
                .append(plan.state().headHash());
        text.append("\n\n").append(TextTable.of(counts()));
        var told = told();
        if (told.size() > 1) {
            text.append('\n').append(TextTable.wrapped(told));
        }
        text.append('\n');
        hints().forEach(hint -> text.append(hint).append('\n'));
        journals.forEach((name, outcome) -> text.append("journal ")
                .append(name)
                .append(": ")
                .append(outcome)
                .append('\n'));
        if (!isApplied) {
            text.append("nothing was written; --apply does it\n");
        }
        return text.toString();
    }

    String json(Map<String, String> journals) {
        var root = new ObjectMapper().createObjectNode();
        root.put("source", source).put("environment", environment).put("complete", plan.isComplete());
        root.put("changes", plan.events().size()).put("head_hash", plan.state().headHash());
        var items = root.putArray("documents");
        plan.items().forEach(item -> addItem(items.addObject(), item));
        hints().forEach(root.putArray("hints")::add);
        var written = root.putObject("journals");
        journals.forEach(written::put);
        return root.toPrettyString() + "\n";
    }

    private List<List<String>> counts() {
        var rows = new ArrayList<List<String>>();
        var headings = new ArrayList<>(List.of("collection"));
        for (var verdict : Verdict.values()) {
            headings.add(words(verdict));
        }
        rows.add(headings);
        var collections = new TreeSet<String>();
        plan.items().forEach(item -> collections.add(item.collection()));
        for (var collection : collections) {
            var row = new ArrayList<>(List.of(collection));
            for (var verdict : Verdict.values()) {
                row.add(Long.toString(plan.items().stream()
                        .filter(item -> item.collection().equals(collection) && item.verdict() == verdict)
                        .count()));
            }
            rows.add(row);
        }
        return rows;
    }

    /** Everything that is worth a line: what was not taken over as it stood. */
    private List<List<String>> told() {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("collection", "id", "document", "", "why"));
        plan.items().stream()
                .filter(item -> !item.notes().isEmpty() || item.verdict() == Verdict.LEVELLED)
                .forEach(item -> rows.add(List.of(
                        item.collection(),
                        item.id(),
                        item.document() == null ? "?" : item.document(),
                        words(item.verdict()) + (item.isInForce() ? ", in force" : ""),
                        why(item))));
        return rows;
    }

    private static String why(ImportItem item) {
        if (item.notes().isEmpty()) {
            return "differs from what its audit says last";
        }
        var why = String.join("; ", item.notes()).replaceAll("\\s+", " ");
        return why.length() > NOTE_LENGTH_MAX ? why.substring(0, NOTE_LENGTH_MAX) + "..." : why;
    }

    private List<String> hints() {
        var hints = new ArrayList<String>();
        var documents = plan.state().documents();
        if (!documents.containsKey(DocumentKey.APPLICATION)) {
            hints.add("no configuration of the application comes over: nothing will run until one is set");
        }
        if (documents.keySet().stream().anyMatch(key -> key.kind() != DocumentKey.Kind.APPLICATION)) {
            hints.add("parameters of strategies had no effect on the signals of the Python bot; here they have");
        }
        return hints;
    }

    private static void addItem(ObjectNode node, ImportItem item) {
        node.put("collection", item.collection()).put("id", item.id());
        node.put("at", item.at() == null ? null : item.at().toString());
        node.put("document", item.document()).put("in_force", item.isInForce());
        node.put("verdict", item.verdict().name().toLowerCase(Locale.ROOT)).put("revision", item.revision());
        item.notes().forEach(node.putArray("notes")::add);
    }

    private static String words(Verdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
