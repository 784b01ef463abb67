package io.tabot.http;

import io.tabot.config.ChangeMeta;
import io.tabot.config.ChangeMeta.Through;
import io.tabot.config.Precondition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What every change says about itself, whatever it changes.
 *
 * @param validateOnly whether nothing is to be persisted
 */
record ChangeFields(ChangeMeta meta, Precondition precondition, boolean validateOnly) {
    /** The fields that are read here. */
    static final List<String> NAMES =
            List.of("changed_by", "reason", "validate_only", "expected_revision", "expected_version");

    /** Stands in for a missing name while the rest of the body is judged. Never persisted. */
    private static final String NOBODY = "unknown";

    /** @param others the fields that the change itself has */
    static ChangeFields read(ChangeRequest request, BodyFields fields, String operation, Collection<String> others) {
        var known = new ArrayList<>(others);
        known.addAll(NAMES);
        fields.refuseOthers(known);
        var meta = new ChangeMeta(
                fields.required("changed_by", NOBODY),
                Through.API,
                fields.text("reason"),
                request.idempotency(operation));
        var precondition = new Precondition(
                stricter(fields.whole("expected_revision"), request.ifMatch()), fields.whole("expected_version"));
        return new ChangeFields(meta, precondition, fields.flag("validate_only"));
    }

    /** The same, to see what else is wrong with a body: nothing persisted, nothing remembered, nothing expected. */
    ChangeFields rehearsal() {
        return new ChangeFields(ChangeMeta.of(meta.changedBy(), Through.API, meta.reason()), Precondition.NONE, true);
    }

    /** "Nothing changed after revision N" holds for both when it holds for the earlier one. */
    private static @Nullable Long stricter(@Nullable Long inBody, @Nullable Long inHeader) {
        if (inBody == null || inHeader == null) {
            return inBody == null ? inHeader : inBody;
        }
        return Math.min(inBody, inHeader);
    }
}
