package io.tabot.config;

import org.jspecify.annotations.Nullable;

/**
 * What the caller believes about the document it changes; of a whole environment, about its newest event.
 *
 * @param expectedRevision nothing in it changed after this revision
 * @param expectedVersion it has this version; 0 means that it never existed. A whole environment has none
 */
public record Precondition(
        @Nullable Long expectedRevision, @Nullable Long expectedVersion) {
    public static final Precondition NONE = new Precondition(null, null);

    public static Precondition revision(long expected) {
        return new Precondition(expected, null);
    }

    public static Precondition version(long expected) {
        return new Precondition(null, expected);
    }

    boolean holds(long revision, long version) {
        return (expectedRevision == null || revision <= expectedRevision)
                && (expectedVersion == null || version == expectedVersion);
    }
}
