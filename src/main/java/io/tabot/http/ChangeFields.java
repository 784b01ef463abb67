package io.tabot.http;

import io.tabot.config.ChangeMeta;
import io.tabot.config.FieldError;
import io.tabot.config.Precondition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What every change says about itself, whatever it changes.
 *
 * @param validateOnly whether nothing is to be persisted
 * @param by what the request calls the one who asks
 */
record ChangeFields(ChangeMeta meta, Precondition precondition, boolean validateOnly, String by) {
    private static final String BY = "changed_by";

    private static final List<String> NAMES =
            List.of("reason", "validate_only", "expected_revision", "expected_version");

    /** Stands in for a missing name while the rest of the body is judged. Never persisted. */
    private static final String NOBODY = "unknown";

    /** @param others the fields that the change itself has */
    static ChangeFields read(ChangeRequest request, BodyFields fields, String operation, Collection<String> others) {
        return read(request, fields, operation, others, BY);
    }

    /** @param by what the body calls the one who asks */
    static ChangeFields read(
            ChangeRequest request, BodyFields fields, String operation, Collection<String> others, String by) {
        var known = new ArrayList<>(others);
        known.add(by);
        known.addAll(NAMES);
        fields.refuseOthers(known);
        var meta = new ChangeMeta(
                changedBy(request, fields, by),
                request.actor(),
                request.through(),
                fields.text("reason"),
                request.idempotency(operation),
                request.trace());
        var precondition = new Precondition(
                stricter(fields.whole("expected_revision"), request.ifMatch()), fields.whole("expected_version"));
        return new ChangeFields(meta, precondition, fields.flag("validate_only"), by);
    }

    /** The same, to see what else is wrong with a body: nothing persisted, nothing remembered, nothing expected. */
    ChangeFields rehearsal() {
        return new ChangeFields(
                ChangeMeta.of(meta.changedBy(), meta.through(), meta.reason()), Precondition.NONE, true, by);
    }

    /** The errors of the rules, in the words of the request. */
    List<FieldError> inItsWords(List<FieldError> errors) {
        return errors.stream().map(this::inItsWords).toList();
    }

    private FieldError inItsWords(FieldError error) {
        return error.field().equals(BY)
                ? new FieldError(
                        by, error.code(), error.message().replace(BY, by), error.allowed(), error.suggestedValue())
                : error;
    }

    /** Whoever is known by a token need not say a name. */
    private static String changedBy(ChangeRequest request, BodyFields fields, String by) {
        return request.actor() != null && !fields.has(by) ? request.actor() : fields.required(by, NOBODY);
    }

    /** "Nothing changed after revision N" holds for both when it holds for the earlier one. */
    private static @Nullable Long stricter(@Nullable Long inBody, @Nullable Long inHeader) {
        if (inBody == null || inHeader == null) {
            return inBody == null ? inHeader : inBody;
        }
        return Math.min(inBody, inHeader);
    }
}
