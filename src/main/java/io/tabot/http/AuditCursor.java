package io.tabot.http;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a page of changes ended: {@code 12} or {@code 12-7}.
 *
 * @param version of the document after the last change on the page, if it was known
 */
record AuditCursor(long revision, @Nullable Long version) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,16})(?:-(\\d{1,16}))?");

    static Optional<AuditCursor> parse(String text) {
        var matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        var version = matcher.group(2);
        return Optional.of(
                new AuditCursor(Long.parseLong(matcher.group(1)), version == null ? null : Long.valueOf(version)));
    }

    @Override
    public String toString() {
        return version == null ? Long.toString(revision) : revision + "-" + version;
    }
}
