package io.tabot.importer;

import io.tabot.config.RuleSettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A change as a row of the Python bot's database tells it, before it is judged.
 *
 * @param row which it comes from
 * @param at null if the row has no time that can be read
 * @param wish null if the row does not say what anything became
 * @param notes what had to be read into it
 */
record SourceChange(
        SourceRow row,
        @Nullable Instant at,
        String changedBy,
        @Nullable String reason,
        @Nullable Wish wish,
        List<String> notes) {
    /** Who made a change that names nobody. */
    static final String NOBODY = "unknown";

    SourceChange {
        notes = List.copyOf(notes);
    }

    /** A row of an audit. */
    static SourceChange ofAudit(SourceRow row, WishReader reader) {
        var notes = new ArrayList<String>();
        var wish = PythonBotData.APPLICATION_AUDIT.equals(row.collection())
                ? reader.auditedApplication(row, notes)
                : reader.auditedParameters(row);
        return new SourceChange(
                row,
                row.time("changed_at").orElse(null),
                changedBy(row.text("changed_by"), notes),
                reason(row.text("reason"), notes),
                wish.orElse(null),
                notes);
    }

    /** A step in the life of a strategy. */
    static SourceChange ofLifecycle(SourceRow row, WishReader reader) {
        var notes = new ArrayList<String>();
        return new SourceChange(
                row,
                row.time("transitioned_at").orElse(null),
                changedBy(row.text("transitioned_by"), notes),
                null,
                reader.stage(row).orElse(null),
                notes);
    }

    /** A document in force. Who changed it last, when and why stands in it or in its metadata. */
    static SourceChange ofDocument(SourceRow row, WishReader reader) {
        var notes = new ArrayList<String>();
        var metadata =
                new SourceRow(row.collection(), row.id(), row.object("metadata").orElse(Map.of()));
        var wish = PythonBotData.APPLICATION.equals(row.collection())
                ? reader.application(row.fields(), notes)
                : reader.parameters(row, row.object("parameters"));
        var author = Stream.of(metadata.text("created_by"), row.text("changed_by"), row.text("created_by"))
                .flatMap(Optional::stream)
                .findFirst();
        var at = Stream.of(row.time("updated_at"), metadata.time("updated_at"), row.time("created_at"))
                .flatMap(Optional::stream)
                .findFirst();
        if (at.isEmpty()) {
            notes.add("has no time that can be read: put at the end");
        }
        return new SourceChange(
                row,
                at.orElse(null),
                changedBy(author, notes),
                reason(metadata.text("reason").or(() -> row.text("reason")), notes),
                wish.orElse(null),
                notes);
    }

    /** Names the change wherever it is imported again. */
    String importId() {
        return "import:" + row.collection() + ":" + row.id();
    }

    private static String changedBy(Optional<String> given, List<String> notes) {
        if (given.isEmpty()) {
            notes.add("names nobody: changed by " + NOBODY);
        }
        return given.map(name -> shortened("changed_by", oneLine(name), RuleSettings.CHANGED_BY_LENGTH_MAX, notes))
                .orElse(NOBODY);
    }

    private static @Nullable String reason(Optional<String> given, List<String> notes) {
        return given.map(text -> shortened("reason", text, RuleSettings.REASON_LENGTH_MAX, notes))
                .orElse(null);
    }

    private static String oneLine(String name) {
        return name.replaceAll("\\p{Cntrl}", " ").strip();
    }

    private static String shortened(String what, String text, int lengthMax, List<String> notes) {
        if (text.length() <= lengthMax) {
            return text;
        }
        notes.add(what + " cut to " + lengthMax + " characters");
        return text.substring(0, text.offsetByCodePoints(0, text.codePointCount(0, lengthMax - 3) - 1)) + "...";
    }
}
