package io.tabot.config;

/**
 * One incarnation in one term. The id is fresh for every incarnation and never a node's name: a name comes back,
 * an incarnation doesn't.
 */
public record Writer(Term term, String id) {
    /** Before the first claim. */
    public static final Writer NONE = new Writer(Term.NONE, "");

    /** Whether a voter that promised itself to {@code fence} may take a record from this writer. */
    public boolean mayWriteUnder(Writer fence) {
        return equals(fence) || term.compareTo(fence.term) > 0;
    }
}
