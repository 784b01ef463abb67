package io.tabot.nats;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Points in time as producers write them: epoch milliseconds, as number or text, or ISO-8601. */
final class Times {
    /** The last millisecond of the year 9999. */
    private static final long LATEST = 253_402_300_799_999L;

    private static final Pattern DIGITS = Pattern.compile("\\d{1,15}");
    private static final Pattern OFFSET_AND_Z = Pattern.compile("(.*[+-]\\d{2}:\\d{2})Z");
    private static final DateTimeFormatter ISO = DateTimeFormatter.ISO_DATE_TIME;

    private Times() {}

    /** Nothing when the value is no time of the years 1970 to 9999. */
    static OptionalLong epochMillis(JsonNode value) {
        var millis = value.isTextual() ? parse(value.textValue()) : whole(value);
        return millis.isPresent() && isPossible(millis.getAsLong()) ? millis : OptionalLong.empty();
    }

    /** Whether it is in the years 1970 to 9999. */
    static boolean isPossible(long epochMillis) {
        return epochMillis >= 0 && epochMillis <= LATEST;
    }

    private static OptionalLong whole(JsonNode value) {
        return value.isNumber() && value.canConvertToExactIntegral() && value.canConvertToLong()
                ? OptionalLong.of(value.longValue())
                : OptionalLong.empty();
    }

    private static OptionalLong parse(String text) {
        if (DIGITS.matcher(text).matches()) {
            return OptionalLong.of(Long.parseLong(text));
        }
        // Python's isoformat of a UTC time already ends in an offset, to which some producers add a Z.
        var doubled = OFFSET_AND_Z.matcher(text);
        try {
            var time = ISO.parseBest(
                    doubled.matches() ? doubled.group(1) : text, OffsetDateTime::from, LocalDateTime::from);
            return OptionalLong.of(millis(time));
        } catch (DateTimeException | ArithmeticException e) {
            return OptionalLong.empty();
        }
    }

    /** A time without an offset is UTC. */
    private static long millis(Object time) {
        return time instanceof OffsetDateTime offset
                ? offset.toInstant().toEpochMilli()
                : ((LocalDateTime) time).toInstant(ZoneOffset.UTC).toEpochMilli();
    }
}
