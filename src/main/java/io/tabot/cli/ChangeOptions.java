package io.tabot.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Stack;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The options of every command that changes the configuration: who, why, and under which conditions. */
final class ChangeOptions {
    private static final String PATIENCE = "5s";

    /** Takes the word behind --wait only if it is a time, as what is to be changed may follow. */
    static final class TimeOnly implements IParameterPreprocessor {
        private static final Pattern TIME = Pattern.compile("\\d+ ?[a-z]*");

        @Override
        public boolean preprocess(Stack<String> words, CommandSpec command, ArgSpec option, Map<String, Object> info) {
            var isAttached = !" ".equals(info.get("separator"));
            if (!isAttached && (words.isEmpty() || !TIME.matcher(words.peek()).matches())) {
                words.push(PATIENCE);
            }
            return false;
        }
    }

    @Option(
            names = "--by",
            paramLabel = "NAME",
            description = "Who changes it, for the audit. Default: your name on this machine.")
    private @Nullable String by;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the audit.")
    private @Nullable String reason;

    @Option(names = "--dry-run", description = "Tell what would change, and change nothing.")
    private boolean isDryRun;

    @Option(
            names = "--expected-revision",
            paramLabel = "N",
            description = "Change nothing if there was a change of it after this revision.")
    private @Nullable Long expectedRevision;

    @Option(
            names = "--idempotency-key",
            paramLabel = "KEY",
            description = "Any text of your own: sent again with the same key, the change is made once.")
    private @Nullable String idempotencyKey;

    @Option(
            names = "--wait",
            arity = "0..1",
            paramLabel = "TIME",
            fallbackValue = PATIENCE,
            preprocessor = TimeOnly.class,
            description = "Wait until the change is in force on every node, and fail when it is not in time."
                    + " Default: " + PATIENCE + ".")
    private @Nullable String patience;

    /** The route with what is asked of it in its query. */
    String route(String route) {
        if (patience == null) {
            return route;
        }
        return route + (route.contains("?") ? "&" : "?") + "wait=applied&timeout=" + Moment.encoded(patience);
    }

    /** The body of a request, without what is to change. */
    ObjectNode body() {
        var body = JsonNodeFactory.instance.objectNode();
        body.put("changed_by", by == null ? System.getProperty("user.name") : by);
        if (reason != null) {
            body.put("reason", reason);
        }
        if (isDryRun) {
            body.put("validate_only", true);
        }
        if (expectedRevision != null) {
            body.put("expected_revision", expectedRevision);
        }
        return body;
    }

    /** The same for a change that was made from what was read at this revision. */
    ObjectNode body(long read) {
        var body = body();
        return body.has("expected_revision") ? body : body.put("expected_revision", read);
    }

    Map<String, String> headers() {
        return idempotencyKey == null ? Map.of() : Map.of("Idempotency-Key", idempotencyKey);
    }
}
