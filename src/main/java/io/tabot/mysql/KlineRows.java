package io.tabot.mysql;

import io.tabot.market.Candle;
import io.tabot.market.Timeframe;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The rows of one reading, and the bars that they make. A bar that was extracted before its time was over holds the
 * values of an unfinished one, and INSERT IGNORE keeps them for good: it is no candle, however old it is by now.
 */
final class KlineRows {
    /** Why a row is no candle. */
    enum Flaw {
        /** It closes in the future. */
        OPEN,
        /** It was extracted while it was open. */
        UNFINISHED,
        /** Another row about the same bar was extracted later. */
        DUPLICATE,
        /** Its open time is missing, or none of the timeframe; or it is of another timeframe. */
        MISPLACED,
        /** Its values can't be those of a bar. */
        INVALID
    }

    private record Bar(Candle candle, long extractedAt) {}

    private final Timeframe timeframe;
    private final long openTimeLimit;
    private final long now;
    private final TreeMap<Long, Bar> bars = new TreeMap<>();
    private final Map<Flaw, Integer> flaws = new EnumMap<>(Flaw.class);
    private int count;

    /** @param openTimeLimit only bars that opened before */
    KlineRows(Timeframe timeframe, long openTimeLimit, long now) {
        this.timeframe = timeframe;
        this.openTimeLimit = openTimeLimit;
        this.now = now;
    }

    void add(ResultSet row) throws SQLException {
        count++;
        var openTime = row.getLong(1);
        var isMisplaced = row.wasNull() || !timeframe.isOpenTime(openTime) || isOfAnother(row.getString(4));
        var storedClose = row.getLong(2);
        var extractedAt = row.getLong(3);
        if (isMisplaced || openTime >= openTimeLimit) {
            flaw(Flaw.MISPLACED);
        } else if (Math.max(timeframe.closeTime(openTime), storedClose) > now) {
            flaw(Flaw.OPEN);
        } else if (extractedAt < timeframe.closeTime(openTime)) {
            flaw(Flaw.UNFINISHED);
        } else {
            add(openTime, extractedAt, row);
        }
    }

    private void add(long openTime, long extractedAt, ResultSet row) throws SQLException {
        var candle = candle(openTime, row);
        if (candle.isEmpty()) {
            flaw(Flaw.INVALID);
            return;
        }
        var known = bars.get(openTime);
        if (known != null) {
            flaw(Flaw.DUPLICATE);
        }
        if (known == null || extractedAt > known.extractedAt()) {
            bars.put(openTime, new Bar(candle.get(), extractedAt));
        }
    }

    /** How many rows there were. */
    int count() {
        return count;
    }

    /** How many bars they make. */
    int bars() {
        return bars.size();
    }

    Map<Flaw, Integer> flaws() {
        return new HashMap<>(flaws);
    }

    /** Newest first. */
    List<Candle> newest(int most) {
        return bars.descendingMap().values().stream()
                .limit(most)
                .map(Bar::candle)
                .toList();
    }

    /** Where names of tables ignore case, minutes and months share one. Text that names no timeframe says nothing. */
    private boolean isOfAnother(String interval) {
        return interval != null
                && Timeframe.of(interval).filter(other -> other != timeframe).isPresent();
    }

    private static Optional<Candle> candle(long openTime, ResultSet row) throws SQLException {
        var values = new double[5];
        for (int i = 0; i < values.length; i++) {
            values[i] = row.getDouble(5 + i);
            if (row.wasNull()) {
                return Optional.empty();
            }
        }
        try {
            return Optional.of(new Candle(openTime, values[0], values[1], values[2], values[3], values[4]));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private void flaw(Flaw flaw) {
        flaws.merge(flaw, 1, Integer::sum);
    }
}
