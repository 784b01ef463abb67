package io.tabot.config;

import java.time.Instant;

/** The state that a rollback goes back to. */
public sealed interface RollbackTarget {
    /** After the document's change of this number; a whole environment has no versions. */
    record Version(long version) implements RollbackTarget {}

    /** After this revision. */
    record Revision(long revision) implements RollbackTarget {}

    /** In force at this instant. */
    record Time(Instant instant) implements RollbackTarget {}

    /** After the change that this audit item records. */
    record AuditItem(String auditId) implements RollbackTarget {}

    /** Before the change in force; repeated, one further back each time. */
    record Previous() implements RollbackTarget {}
}
