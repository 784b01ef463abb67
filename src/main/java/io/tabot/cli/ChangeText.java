package io.tabot.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Changes of the configuration for people: what was done, and a row for each field that differs. */
final class ChangeText {
    private ChangeText() {}

    /** @param what was to be changed */
    static String of(ServiceAnswer answer, String what) {
        var metadata = answer.metadata();
        var action = metadata.path("action").asText();
        if (action.equals("unchanged")) {
            return "unchanged: " + what + " is like that already\n" + applied(metadata.path("applied"));
        }
        var restored = metadata.path("restored_revision");
        var done = action.equals("rollback") ? "rolled back" : action;
        var head = metadata.path("changes_applied").asBoolean()
                ? "revision " + answer.revision() + ": " + what + " " + done
                : "dry run, nothing was changed: " + what + " would be " + done;
        return head
                + (restored.isNumber() ? " to revision " + restored.asLong() : "")
                + (metadata.path("repeated").asBoolean() ? " (earlier, with the same key)" : "")
                + "\n"
                + applied(metadata.path("applied"))
                + table(metadata.path("diff"));
    }

    /** Where a change is in force, if that was waited for. */
    private static String applied(JsonNode applied) {
        var text = new StringBuilder();
        applied.path("nodes")
                .forEach(node -> text.append("in force on ")
                        .append(node.path("node").asText())
                        .append(" after ")
                        .append(Math.round(node.path("ms").asDouble()))
                        .append(" ms\n"));
        applied.path("stragglers")
                .forEach(straggler -> text.append("NOT YET in force on ")
                        .append(straggler.path("node").asText())
                        .append(
                                straggler.hasNonNull("actor")
                                        ? ", " + straggler.path("actor").asText()
                                        : "")
                        .append('\n'));
        return text.toString();
    }

    /** @param documents as the API lists what differs */
    static String table(JsonNode documents) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("DOCUMENT", "FIELD", "BEFORE", "AFTER"));
        documents.forEach(document -> document.path("fields").forEach(field -> {
            var isList =
                    !field.path("added").isEmpty() || !field.path("removed").isEmpty();
            rows.add(List.of(
                    document.path("document").asText(),
                    field.path("field").asText(),
                    isList ? items(field.path("before")) : ValueText.of(field.path("before")),
                    isList ? difference(field) : ValueText.of(field.path("after"))));
        }));
        return rows.size() == 1 ? "" : TextTable.wrapped(rows);
    }

    private static String items(JsonNode list) {
        return list.isArray() ? list.size() + (list.size() == 1 ? " item" : " items") : ValueText.NOTHING;
    }

    private static String difference(JsonNode field) {
        var words = new ArrayList<String>();
        field.path("added").forEach(item -> words.add("+" + ValueText.of(item)));
        field.path("removed").forEach(item -> words.add("-" + ValueText.of(item)));
        return String.join(" ", words);
    }
}
