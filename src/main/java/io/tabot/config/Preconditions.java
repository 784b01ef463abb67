package io.tabot.config;

import io.tabot.config.ConfigCommand.Rollback;
import io.tabot.config.FieldError.Code;
import io.tabot.config.Outcome.Stale;
import java.util.Optional;

/** Holds what a caller believed against the documents as they stand, before a plan is judged. */
final class Preconditions {
    private Preconditions() {}

    static Optional<Outcome> stale(Plan plan, DocumentEdit edit) {
        return EditRules.keyOf(edit).flatMap(key -> stale(plan, key, edit.precondition()));
    }

    static Optional<Outcome> stale(Plan plan, Rollback rollback) {
        var scope = rollback.scope();
        return scope == null
                ? staleEnvironment(plan, rollback.precondition())
                : stale(plan, scope, rollback.precondition());
    }

    /** The newest event counts, whatever it configured. An expected version has no meaning here, and is refused. */
    static Optional<Outcome> staleEnvironment(Plan plan, Precondition expected) {
        if (expected.expectedVersion() != null) {
            var message = "A whole environment has revisions, not versions: use expected_revision";
            plan.refuse(FieldErrors.of("expected_version", Code.INVALID_VALUE, message));
        }
        var revision = plan.state().configuredRevision();
        return new Precondition(expected.expectedRevision(), null).holds(revision, 0)
                ? Optional.empty()
                : Optional.of(new Stale(null, null, expected, revision, 0, wanted(plan)));
    }

    private static Optional<Outcome> stale(Plan plan, DocumentKey key, Precondition expected) {
        var state = plan.state();
        var revision = state.revisionOf(key);
        var version = state.versionOf(key);
        var current = state.document(key).orElse(null);
        return expected.holds(revision, version)
                ? Optional.empty()
                : Optional.of(new Stale(key, current, expected, revision, version, wanted(plan)));
    }

    private static ConfigDiff wanted(Plan plan) {
        return plan.errors().isEmpty() ? ConfigDiff.of(plan.changes()) : ConfigDiff.NONE;
    }
}
