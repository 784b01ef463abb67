package io.tabot.config;

import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The last transition of a strategy's life, as its document holds it.
 *
 * @param from null for the first
 * @param decisionId of the decision that it follows, as the caller names it
 */
public record Lifecycle(
        @Nullable String from,
        String to,
        @Nullable String decisionId,
        @Nullable String reasoningContext) {
    private static final String FROM = "from_state";
    private static final String TO = "to_state";
    private static final String DECISION = "decision_id";
    private static final String REASONING = "reasoning_context";

    /** Reads a document that passed the rules. */
    public static Lifecycle from(Document document) {
        return new Lifecycle(
                text(document, FROM),
                String.valueOf(document.get(TO)),
                text(document, DECISION),
                text(document, REASONING));
    }

    Document toDocument() {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        fields.put(FROM, from);
        fields.put(TO, to);
        fields.put(DECISION, decisionId);
        fields.put(REASONING, reasoningContext);
        return new Document(fields);
    }

    private static @Nullable String text(Document document, String field) {
        return document.get(field) instanceof String text ? text : null;
    }
}
