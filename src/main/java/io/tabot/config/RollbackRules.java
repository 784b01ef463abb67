package io.tabot.config;

import io.tabot.config.ConfigCommand.Rollback;
import io.tabot.config.FieldError.Code;
import io.tabot.config.Outcome.Invalid;
import io.tabot.config.Outcome.Unknown;
import io.tabot.config.Outcome.Unknown.What;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds the state that a rollback goes back to, and plans the way there. */
final class RollbackRules {
    /** The revision whose outcome is wanted, or why there is none. */
    sealed interface Target {
        record Found(long revision) implements Target {}

        record Refused(Outcome outcome) implements Target {}
    }

    private final EditRules edits;

    RollbackRules(EditRules edits) {
        this.edits = edits;
    }

    /** Why the scope can't be rolled back to anything, or nothing. */
    Optional<Unknown> unknown(ConfigState state, @Nullable DocumentKey scope) {
        if (scope == null || state.versionOf(scope) > 0) {
            return Optional.empty();
        }
        var message = "No history of " + scope;
        return Optional.of(new Unknown(What.DOCUMENT, scope.path(), message, null));
    }

    Target target(ConfigState state, Rollback rollback, List<ConfigEvent> history) {
        var scope = rollback.scope();
        if (scope != null && scope.kind() == DocumentKey.Kind.LIFECYCLE) {
            return conflict("document", scope + " can't be rolled back: a life moves by transitions only");
        }
        var stack = UndoStack.of(rollback.scope(), history);
        return switch (rollback.target()) {
            case RollbackTarget.Version(var version) -> version(stack, version);
            case RollbackTarget.Revision(var revision) -> revision(state, revision);
            case RollbackTarget.Time(var instant) -> time(history, instant);
            case RollbackTarget.AuditItem(var id) -> auditItem(state, stack, history, id);
            case RollbackTarget.Previous() ->
                stack.previous()
                        .<Target>map(event -> new Target.Found(event.revision()))
                        .orElseGet(() -> noPrevious(stack));
        };
    }

    /** Wants every document of the scope as it was after the revision. */
    void plan(Plan plan, @Nullable DocumentKey scope, long revision, List<ConfigEvent> history) {
        var past = documentsAt(history, revision);
        var keys = new TreeSet<DocumentKey>();
        if (scope == null) {
            plan.keys().forEach(keys::add);
            keys.addAll(past.keySet());
            // What happened in the life of a strategy has happened, whatever it is configured to now.
            keys.removeIf(key -> key.kind() == DocumentKey.Kind.LIFECYCLE);
        } else {
            keys.add(scope);
        }
        for (var key : keys) {
            plan.want(key, past.get(key));
            if (plan.changes(key)) {
                if (scope == null) {
                    plan.name(key, key.path());
                }
                var errors = check(key, past.get(key), revision);
                plan.refuse(scope == null ? under(key, errors) : errors);
            }
        }
    }

    private List<FieldError> check(DocumentKey key, @Nullable Document past, long revision) {
        if (past != null) {
            return edits.checkRestored(key, past);
        }
        var message = key + " did not exist at revision " + revision + " and can't be removed";
        return key.kind() == DocumentKey.Kind.APPLICATION
                ? List.of(FieldErrors.of("target_revision", Code.CONFLICT, message))
                : List.of();
    }

    private static List<FieldError> under(DocumentKey key, List<FieldError> errors) {
        return errors.stream().map(error -> error.under(key.path())).toList();
    }

    private static Map<DocumentKey, Document> documentsAt(List<ConfigEvent> history, long revision) {
        var documents = new HashMap<DocumentKey, Document>();
        for (var event : history.subList(0, (int) revision)) {
            for (var change : event.changes()) {
                var after = change.after();
                if (after == null) {
                    documents.remove(change.document());
                } else {
                    documents.put(change.document(), after);
                }
            }
        }
        return documents;
    }

    private static Target version(UndoStack stack, long version) {
        if (stack.scope() == null) {
            return invalid("target_version", "A whole environment has revisions, not versions: use target_revision");
        }
        if (version < 1) {
            return invalid("target_version", "Invalid version number: " + version);
        }
        return version > stack.events().size()
                ? none("target_version", "Version " + version + " not found in history of " + stack.scope())
                : new Target.Found(stack.events().get((int) version - 1).revision());
    }

    private static Target revision(ConfigState state, long revision) {
        if (revision < 1) {
            return invalid("target_revision", "Invalid revision number: " + revision);
        }
        return revision > state.revision()
                ? none(
                        "target_revision",
                        "Revision " + revision + " not found in history: the newest is " + state.revision())
                : new Target.Found(revision);
    }

    private static Target time(List<ConfigEvent> history, Instant instant) {
        return history.reversed().stream()
                .filter(event -> !event.at().isAfter(instant))
                .findFirst()
                .<Target>map(event -> new Target.Found(event.revision()))
                .orElseGet(() -> none("target_time", "Nothing was configured at " + instant));
    }

    private static Target auditItem(ConfigState state, UndoStack stack, List<ConfigEvent> history, String id) {
        var events = stack.scope() == null ? history : stack.events();
        return events.stream()
                .filter(event -> event.auditId(state.environment()).equals(id))
                .findFirst()
                .<Target>map(event -> new Target.Found(event.revision()))
                .orElseGet(() -> new Target.Refused(new Unknown(
                        What.AUDIT_ITEM,
                        id,
                        "Audit item " + FieldErrors.shown(id) + " not found in history"
                                + (stack.scope() == null ? "" : " of " + stack.scope()),
                        null)));
    }

    private static Target invalid(String field, String message) {
        return new Target.Refused(new Invalid(List.of(FieldErrors.of(field, Code.INVALID_VALUE, message))));
    }

    private static Target conflict(String field, String message) {
        return new Target.Refused(new Invalid(List.of(FieldErrors.of(field, Code.CONFLICT, message))));
    }

    /** A layer that was set once has no earlier version, though there was a time before it. */
    private static Target noPrevious(UndoStack stack) {
        var first = stack.events().isEmpty() ? 1 : stack.events().getFirst().revision();
        var suggestion = stack.scope() == null || first == 1
                ? null
                : "target_revision " + (first - 1) + ", when nothing was set there";
        return new Target.Refused(
                new Unknown(What.ROLLBACK_TARGET, "previous", "No previous configuration found", suggestion));
    }

    private static Target none(String field, String message) {
        return new Target.Refused(new Unknown(What.ROLLBACK_TARGET, field, message, null));
    }
}
