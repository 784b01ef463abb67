package io.tabot.http;

import io.tabot.config.FieldError;
import io.tabot.config.FieldError.Code;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whether a change is answered once it is applied everywhere, and how long that may take. */
final class WaitFields {
    private static final String WAIT = "wait";
    private static final String TIMEOUT = "timeout";
    private static final List<String> WHAT = List.of("applied");
    private static final Pattern DURATION = Pattern.compile("(\\d{1,6})(ms|s)");
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration PATIENCE_MAX = Duration.ofSeconds(30);

    static final List<String> NAMES = List.of(WAIT, TIMEOUT);

    private WaitFields() {}

    /** The patience, or null where nothing is waited for; with errors collected in the query it means nothing. */
    static @Nullable Duration read(QueryFields query) {
        var what = query.oneOf(WAIT, text -> Optional.of(text).filter(WHAT::contains), WHAT);
        var timeout = query.text(TIMEOUT);
        if (timeout.isEmpty()) {
            return what == null ? null : PATIENCE;
        }
        if (query.text(WAIT).isEmpty()) {
            query.refuse(new FieldError(TIMEOUT, Code.CONFLICT, "timeout needs wait=applied", null, null));
        }
        return duration(query, timeout.get());
    }

    private static Duration duration(QueryFields query, String text) {
        var matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            query.refuse(new FieldError(
                    TIMEOUT, Code.INVALID_FORMAT, "timeout must be a duration, e.g. 5s or 500ms", null, null));
            return PATIENCE;
        }
        var number = Long.parseLong(matcher.group(1));
        var duration = matcher.group(2).equals("s") ? Duration.ofSeconds(number) : Duration.ofMillis(number);
        if (duration.isZero() || duration.compareTo(PATIENCE_MAX) > 0) {
            var nearest = duration.isZero() ? "1ms" : PATIENCE_MAX.toSeconds() + "s";
            query.refuse(new FieldError(
                    TIMEOUT,
                    Code.OUT_OF_RANGE,
                    "timeout must be from 1ms to " + PATIENCE_MAX.toSeconds() + "s, got " + text,
                    null,
                    nearest));
        }
        return duration;
    }
}
