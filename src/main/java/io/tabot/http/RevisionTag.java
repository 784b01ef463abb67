package io.tabot.http;

import java.util.Arrays;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Revisions as entity tags: {@code "42"}. A proxy may have weakened one to {@code W/"42"}; it is still the
 * revision.
 */
final class RevisionTag {
    private static final Pattern TAG = Pattern.compile("(?:W/)?\"(\\d{1,18})\"");

    private RevisionTag() {}

    static String of(long revision) {
        return '"' + Long.toString(revision) + '"';
    }

    /** Whether an {@code If-None-Match} header names the revision. */
    static boolean matches(String header, long revision) {
        return header.strip().equals("*")
                || Arrays.stream(header.split(","))
                        .map(tag -> parse(tag.strip()))
                        .anyMatch(tag -> tag.isPresent() && tag.getAsLong() == revision);
    }

    /** The newest revision that an {@code If-Match} header accepts, or nothing when it names none. */
    static OptionalLong newest(String header) {
        return Arrays.stream(header.split(","))
                .map(tag -> parse(tag.strip()))
                .filter(OptionalLong::isPresent)
                .mapToLong(OptionalLong::getAsLong)
                .max();
    }

    private static OptionalLong parse(String tag) {
        var matcher = TAG.matcher(tag);
        return matcher.matches() ? OptionalLong.of(Long.parseLong(matcher.group(1))) : OptionalLong.empty();
    }
}
