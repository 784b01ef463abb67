package io.tabot.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TimeframeTest {
    @Test
    void knowsTheFifteenIntervalsOfBinanceInOrder() {
        assertThat(Arrays.stream(Timeframe.values()).map(Timeframe::id))
                .containsExactly(
                        "1m", "3m", "5m", "15m", "30m", "1h", "2h", "4h", "6h", "8h", "12h", "1d", "3d", "1w", "1M");
        assertThat(Timeframe.values()).isSortedAccordingTo((a, b) -> a.longest().compareTo(b.longest()));
    }

    @ParameterizedTest
    @EnumSource
    void isFoundByItsNameAndPrintsIt(Timeframe timeframe) {
        assertThat(Timeframe.of(timeframe.id())).contains(timeframe);
        assertThat(timeframe).hasToString(timeframe.id());
    }

    @Test
    void tellsAMinuteFromAMonth() {
        assertThat(Timeframe.of("1m")).contains(Timeframe.ONE_MINUTE);
        assertThat(Timeframe.of("1M")).contains(Timeframe.ONE_MONTH);
    }

    @ParameterizedTest
    @CsvSource({"''", "1H", "60m", "' 1h'", "15M", "1y", "7d"})
    void doesNotKnowOtherNames(String id) {
        assertThat(Timeframe.of(id)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        // 2024-02-29 was a Thursday in a leap year.
        "1m,  2024-02-29T13:47:31.123Z, 2024-02-29T13:47:00Z, 2024-02-29T13:48:00Z",
        "3m,  2024-02-29T13:47:31.123Z, 2024-02-29T13:45:00Z, 2024-02-29T13:48:00Z",
        "5m,  2024-02-29T13:47:31.123Z, 2024-02-29T13:45:00Z, 2024-02-29T13:50:00Z",
        "15m, 2024-02-29T13:47:31.123Z, 2024-02-29T13:45:00Z, 2024-02-29T14:00:00Z",
        "30m, 2024-02-29T13:47:31.123Z, 2024-02-29T13:30:00Z, 2024-02-29T14:00:00Z",
        "1h,  2024-02-29T13:47:31.123Z, 2024-02-29T13:00:00Z, 2024-02-29T14:00:00Z",
        "2h,  2024-02-29T13:47:31.123Z, 2024-02-29T12:00:00Z, 2024-02-29T14:00:00Z",
        "4h,  2024-02-29T13:47:31.123Z, 2024-02-29T12:00:00Z, 2024-02-29T16:00:00Z",
        "6h,  2024-02-29T13:47:31.123Z, 2024-02-29T12:00:00Z, 2024-02-29T18:00:00Z",
        "8h,  2024-02-29T13:47:31.123Z, 2024-02-29T08:00:00Z, 2024-02-29T16:00:00Z",
        "12h, 2024-02-29T13:47:31.123Z, 2024-02-29T12:00:00Z, 2024-03-01T00:00:00Z",
        "1d,  2024-02-29T13:47:31.123Z, 2024-02-29T00:00:00Z, 2024-03-01T00:00:00Z",
        "3d,  2024-03-02T13:47:31.123Z, 2024-02-29T00:00:00Z, 2024-03-03T00:00:00Z",
        "1w,  2024-02-29T13:47:31.123Z, 2024-02-26T00:00:00Z, 2024-03-04T00:00:00Z",
        "1M,  2024-02-29T13:47:31.123Z, 2024-02-01T00:00:00Z, 2024-03-01T00:00:00Z",
        "1M,  2023-02-28T23:59:59.999Z, 2023-02-01T00:00:00Z, 2023-03-01T00:00:00Z",
        "1M,  2023-12-31T23:59:59.999Z, 2023-12-01T00:00:00Z, 2024-01-01T00:00:00Z",
        "1w,  2024-01-01T00:00:00Z,     2024-01-01T00:00:00Z, 2024-01-08T00:00:00Z",
        "1w,  2023-12-31T23:59:59.999Z, 2023-12-25T00:00:00Z, 2024-01-01T00:00:00Z",
        // Before 1970 the count is negative, and still rounds down.
        "1m,  1969-12-31T23:59:59.999Z, 1969-12-31T23:59:00Z, 1970-01-01T00:00:00Z",
        "1d,  1969-12-31T23:59:59.999Z, 1969-12-31T00:00:00Z, 1970-01-01T00:00:00Z",
        "3d,  1969-12-31T23:59:59.999Z, 1969-12-29T00:00:00Z, 1970-01-01T00:00:00Z",
        "1w,  1969-12-31T23:59:59.999Z, 1969-12-29T00:00:00Z, 1970-01-05T00:00:00Z",
        "1M,  1960-02-29T12:00:00Z,     1960-02-01T00:00:00Z, 1960-03-01T00:00:00Z",
    })
    void alignsAnInstantToTheCandleThatContainsIt(String id, Instant instant, Instant open, Instant next) {
        var timeframe = Timeframe.of(id).orElseThrow();

        assertThat(Instant.ofEpochMilli(timeframe.openTime(instant.toEpochMilli())))
                .isEqualTo(open);
        assertThat(Instant.ofEpochMilli(timeframe.nextOpenTime(open.toEpochMilli())))
                .isEqualTo(next);
        assertThat(Instant.ofEpochMilli(timeframe.closeTime(open.toEpochMilli())))
                .isEqualTo(next.minusMillis(1));
    }

    @ParameterizedTest
    @EnumSource
    void everyInstantBelongsToExactlyOneCandle(Timeframe timeframe) {
        var random = new Random(7);
        for (var i = 0; i < 1000; i++) {
            var instant = random.nextLong(Instant.parse("1950-01-01T00:00:00Z").toEpochMilli(), 4_000_000_000_000L);
            var open = timeframe.openTime(instant);

            assertThat(instant).isBetween(open, timeframe.closeTime(open));
            assertThat(timeframe.isOpenTime(open)).isTrue();
            assertThat(timeframe.isOpenTime(open + 1)).isFalse();
            assertThat(timeframe.openTime(timeframe.closeTime(open))).isEqualTo(open);
            assertThat(timeframe.isOpenTime(timeframe.nextOpenTime(open))).isTrue();
            assertThat(Duration.ofMillis(timeframe.nextOpenTime(open) - open)).isLessThanOrEqualTo(timeframe.longest());
        }
    }

    @Test
    void takesThreeDayCandlesThatAreCountedFromAnyDay() {
        var days =
                LongStream.range(0, 3).map(day -> Duration.ofDays(20_000 + day).toMillis());

        assertThat(days).allMatch(Timeframe.THREE_DAYS::isOpenTime);
        assertThat(Timeframe.THREE_DAYS.isOpenTime(Duration.ofHours(12).toMillis()))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void countsTheOpenTimesBetweenTwoCandles(Timeframe timeframe) {
        var first = timeframe.openTime(Instant.parse("2023-11-15T00:00:00Z").toEpochMilli());
        var later = first;
        for (var between = 0; between < 40; between++) {
            later = timeframe.nextOpenTime(later);

            assertThat(timeframe.openTimesBetween(first, later)).isEqualTo(between);
            assertThat(timeframe.openTimesBetween(later, first)).isZero();
        }
        assertThat(timeframe.openTimesBetween(first, first)).isZero();
    }
}
