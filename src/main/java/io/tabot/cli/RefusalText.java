package io.tabot.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.StringJoiner;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** A refusal of the service for people: every error with what is allowed and what to try instead. */
final class RefusalText {
    private static final String INDENT = "    ";

    private RefusalText() {}

    /** @param place the field of an error, in the words of the command */
    static String of(ServiceAnswer answer, UnaryOperator<String> place) {
        var error = answer.error();
        var errors = error.path("details").path("errors");
        var text = new StringBuilder("ta-bot: refused (")
                .append(answer.status())
                .append(' ')
                .append(error.path("code").asText())
                .append("): ");
        if (errors.isEmpty()) {
            text.append(error.path("message").asText()).append('\n');
            advice(text, error.path("suggestion"));
        } else {
            text.append(errors.size()).append(errors.size() == 1 ? " error\n" : " errors\n");
            errors.forEach(each -> item(text, place.apply(each.path("field").asText()), each));
        }
        return text.toString();
    }

    private static void item(StringBuilder text, String field, JsonNode error) {
        text.append("  ").append(field.isEmpty() ? "" : field + ": ");
        text.append(error.path("message").asText().replaceAll("\\s*\\R\\s*", " "))
                .append('\n');
        allowed(text, error.path("allowed"));
        line(text, "try", error.path("suggested_value"));
    }

    private static void allowed(StringBuilder text, JsonNode allowed) {
        var words = new StringJoiner(" ");
        if (allowed.hasNonNull("min")) {
            words.add("from " + ValueText.of(allowed.path("min")));
        }
        if (allowed.hasNonNull("max")) {
            words.add("to " + ValueText.of(allowed.path("max")));
        }
        if (allowed.hasNonNull("values")) {
            words.add(StreamSupport.stream(allowed.path("values").spliterator(), false)
                    .map(ValueText::of)
                    .collect(Collectors.joining(", ")));
        }
        if (words.length() > 0) {
            var lead = INDENT + "allowed: ";
            text.append(lead)
                    .append(String.join("\n" + " ".repeat(lead.length()), TextTable.wrap(words.toString())))
                    .append('\n');
        }
    }

    private static void advice(StringBuilder text, JsonNode suggestion) {
        if (suggestion.isTextual()) {
            text.append(INDENT)
                    .append("try: ")
                    .append(suggestion.asText().replaceFirst("^try ", ""))
                    .append('\n');
        }
    }

    private static void line(StringBuilder text, String what, JsonNode value) {
        if (!value.isMissingNode() && !value.isNull()) {
            text.append(INDENT)
                    .append(what)
                    .append(": ")
                    .append(ValueText.of(value))
                    .append('\n');
        }
    }
}
