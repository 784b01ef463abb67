package io.tabot.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** When: a revision, a time, or now when neither is given. */
final class Moment {
    private static final Pattern REVISION = Pattern.compile("\\d{1,16}");

    /** The two ways to say it as options, of which one may be given. */
    static final class Options {
        @Option(names = "--at", paramLabel = "TIME", description = "As it was then, e.g. 2026-02-03T04:05:06Z.")
        private @Nullable String at;

        @Option(names = "--revision", paramLabel = "N", description = "As it was after this change.")
        private @Nullable String revision;

        String query() {
            return revision != null ? "?revision=" + encoded(revision) : "?at=" + encoded(String.valueOf(at));
        }
    }

    private Moment() {}

    static boolean isRevision(String text) {
        return REVISION.matcher(text).matches();
    }

    static boolean isTime(String text) {
        try {
            OffsetDateTime.parse(text);
            return true;
        } catch (DateTimeException _) {
            return false;
        }
    }

    /** The query that asks for the whole configuration of then. */
    static String query(String text) {
        return (isRevision(text) ? "?revision=" : "?at=") + encoded(text);
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
