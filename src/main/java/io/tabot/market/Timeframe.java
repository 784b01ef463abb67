package io.tabot.market;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The fifteen candle intervals of Binance. All times are epoch milliseconds, UTC. Weeks open on Monday, months on the
 * first; every other interval opens at a whole multiple of its duration since the epoch.
 */
public enum Timeframe {
    ONE_MINUTE("1m", Duration.ofMinutes(1)),
    THREE_MINUTES("3m", Duration.ofMinutes(3)),
    FIVE_MINUTES("5m", Duration.ofMinutes(5)),
    FIFTEEN_MINUTES("15m", Duration.ofMinutes(15)),
    THIRTY_MINUTES("30m", Duration.ofMinutes(30)),
    ONE_HOUR("1h", Duration.ofHours(1)),
    TWO_HOURS("2h", Duration.ofHours(2)),
    FOUR_HOURS("4h", Duration.ofHours(4)),
    SIX_HOURS("6h", Duration.ofHours(6)),
    EIGHT_HOURS("8h", Duration.ofHours(8)),
    TWELVE_HOURS("12h", Duration.ofHours(12)),
    ONE_DAY("1d", Duration.ofDays(1)),
    THREE_DAYS("3d", Duration.ofDays(3)),
    ONE_WEEK("1w", Duration.ofDays(7)),
    ONE_MONTH("1M", Duration.ofDays(31));

    private static final Map<String, Timeframe> BY_ID =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Timeframe::id, Function.identity()));

    private final String id;
    private final Duration longest;

    Timeframe(String id, Duration longest) {
        this.id = id;
        this.longest = longest;
    }

    /** The name used in messages and routes; {@code 1m} is a minute, {@code 1M} a month. */
    public String id() {
        return id;
    }

    /** The duration of one candle; of a month, that of the longest. */
    public Duration longest() {
        return longest;
    }

    /** The timeframe of exactly this name, or nothing. */
    public static Optional<Timeframe> of(String id) {
        return Optional.ofNullable(BY_ID.get(id));
    }

    /** The open time of the candle that contains the instant. */
    public long openTime(long instant) {
        return switch (this) {
            case ONE_MONTH -> startOf(day(instant).withDayOfMonth(1));
            case ONE_WEEK -> startOf(day(instant).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)));
            default -> instant - Math.floorMod(instant, longest.toMillis());
        };
    }

    /** The open time of the candle after the one that opened then. */
    public long nextOpenTime(long openTime) {
        return this == ONE_MONTH ? startOf(day(openTime).plusMonths(1)) : openTime + longest.toMillis();
    }

    /** The last millisecond of the candle that opened then. */
    public long closeTime(long openTime) {
        return nextOpenTime(openTime) - 1;
    }

    /** Whether a candle may open then. Of three days, at any midnight: from which day they are counted is not known. */
    public boolean isOpenTime(long instant) {
        return this == THREE_DAYS ? ONE_DAY.isOpenTime(instant) : openTime(instant) == instant;
    }

    /** How many open times lie strictly between two: the candles missing there. Zero when they follow each other. */
    public long openTimesBetween(long earlier, long later) {
        if (this == ONE_MONTH) {
            return Math.max(0, ChronoUnit.MONTHS.between(day(earlier), day(later)) - 1);
        }
        return later <= earlier ? 0 : (later - earlier - 1) / longest.toMillis();
    }

    @Override
    public String toString() {
        return id;
    }

    private static LocalDate day(long instant) {
        return LocalDate.ofInstant(Instant.ofEpochMilli(instant), ZoneOffset.UTC);
    }

    private static long startOf(LocalDate day) {
        return day.atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli();
    }
}
