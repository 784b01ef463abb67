package io.tabot.http;

import io.tabot.config.AuditFilter;
import io.tabot.config.ConfigDiff;
import io.tabot.config.ConfigDiff.FieldDiff;
import io.tabot.config.ConfigEvent;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Changes as lines of comma-separated values, one for each field that changed. Values are JSON. */
final class AuditCsv {
    static final String HEADER =
            "id,revision,changed_at,changed_by,actor,through,reason,action,document,field,before,after";

    /** What a spreadsheet would take for the beginning of a formula. */
    private static final String FORMULA = "=+-@\t\r";

    private final String environment;
    private final AuditFilter filter;

    AuditCsv(String environment, AuditFilter filter) {
        this.environment = environment;
        this.filter = filter;
    }

    List<String> lines(List<ConfigEvent> events) {
        return events.stream().flatMap(this::lines).toList();
    }

    private Stream<String> lines(ConfigEvent event) {
        return event.changes().stream()
                .filter(change -> filter.matches(event, change))
                .flatMap(change -> ConfigDiff.between(change.before(), change.after()).stream()
                        .map(field -> line(event, change, field)));
    }

    private String line(ConfigEvent event, ConfigEvent.Change change, FieldDiff field) {
        return line(
                event.auditId(environment),
                Long.toString(event.revision()),
                Json.time(event.at()),
                harmless(event.changedBy()),
                harmless(event.actor()),
                event.through().id(),
                harmless(event.reason()),
                event.actionOf(change).name(),
                change.document().path(),
                field.field(),
                Json.text(field.before()),
                Json.text(field.after()));
    }

    static String line(String... values) {
        return Arrays.stream(values).map(AuditCsv::quoted).collect(Collectors.joining(","));
    }

    static String harmless(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return "";
        }
        return FORMULA.indexOf(text.charAt(0)) < 0 ? text : "'" + text;
    }

    private static String quoted(String value) {
        return value.chars().anyMatch(character -> character == ',' || character == '"' || character == '\n')
                ? '"' + value.replace("\"", "\"\"") + '"'
                : value;
    }
}
