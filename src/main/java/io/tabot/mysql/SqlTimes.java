package io.tabot.mysql;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as text that a DATETIME column takes: UTC, whatever the time zones of driver and session. */
final class SqlTimes {
    private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS", Locale.ROOT);

    private SqlTimes() {}

    static String text(Instant time) {
        return FORM.format(LocalDateTime.ofInstant(time, ZoneOffset.UTC));
    }
}
