package io.tabot.http;

import io.tabot.config.FieldError;
import io.tabot.config.FieldError.Code;
import io.tabot.config.RollbackTarget;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a rollback goes back to: one of four ways to say it, or none for the state before the one in force. */
final class RollbackFields {
    static final List<String> NAMES = List.of("target_version", "target_revision", "target_time", "rollback_id");

    private RollbackFields() {}

    /** The target; with errors collected in the fields it means nothing. */
    static RollbackTarget read(BodyFields fields) {
        var targets = Stream.of(
                        Optional.ofNullable(fields.whole("target_version")).map(RollbackTarget.Version::new),
                        Optional.ofNullable(fields.whole("target_revision")).map(RollbackTarget.Revision::new),
                        Optional.ofNullable(fields.instant("target_time")).map(RollbackTarget.Time::new),
                        Optional.ofNullable(fields.text("rollback_id"))
                                .filter(id -> !id.isEmpty())
                                .map(RollbackTarget.AuditItem::new))
                .flatMap(Optional::stream)
                .map(RollbackTarget.class::cast)
                .toList();
        if (targets.size() > 1) {
            var given = NAMES.stream().filter(fields::has).toList();
            fields.refuse(new FieldError(
                    given.getLast(),
                    Code.CONFLICT,
                    "give one of " + String.join(", ", given) + ", or none for the previous state",
                    null,
                    null));
        }
        return targets.isEmpty() ? new RollbackTarget.Previous() : targets.getFirst();
    }
}
