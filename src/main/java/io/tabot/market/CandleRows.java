package io.tabot.market;

/**
 * Reads the rows of a candle file one after the other: {@link #HEADER}, then numbers, timestamps in epoch milliseconds
 * that increase. What is wrong it says in an IllegalArgumentException; where, is the caller's to add.
 */
public final class CandleRows {
    public static final String HEADER = "timestamp,open,high,low,close,volume";
    private static final int COLUMNS = 6;

    /** The years 1 to 9999. Beyond them a timestamp is in another unit, and dates can't be written. */
    private static final long TIMESTAMP_MIN = -62_135_596_800_000L;

    private static final long TIMESTAMP_MAX = 253_402_300_799_999L;

    private long newest = Long.MIN_VALUE;

    /** Checks the first line of a file. */
    public static void checkHeader(String line) {
        // Spreadsheets put a byte order mark in front.
        var header = line.startsWith("\uFEFF") ? line.substring(1) : line;
        if (!header.equals(HEADER)) {
            throw new IllegalArgumentException("the header has to be " + HEADER);
        }
    }

    /** The candle of one row. */
    public Candle next(String row) {
        var ends = new int[COLUMNS];
        var columns = split(row, ends);
        if (columns != COLUMNS) {
            throw new IllegalArgumentException("a row has " + COLUMNS + " columns, this one " + columns);
        }
        var candle = new Candle(
                timestamp(row.substring(0, ends[0])),
                number("open", row, ends, 1),
                number("high", row, ends, 2),
                number("low", row, ends, 3),
                number("close", row, ends, 4),
                number("volume", row, ends, 5));
        newest = candle.openTime();
        return candle;
    }

    /** How many columns a row has; the ends of the first ones go to the array. */
    private static int split(String row, int[] ends) {
        var columns = 0;
        for (var comma = row.indexOf(','); comma >= 0; comma = row.indexOf(',', comma + 1)) {
            if (columns < COLUMNS) {
                ends[columns] = comma;
            }
            columns++;
        }
        if (columns < COLUMNS) {
            ends[columns] = row.length();
        }
        return columns + 1;
    }

    private long timestamp(String text) {
        long timestamp;
        try {
            timestamp = Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("timestamp '" + text + "' is not a whole number");
        }
        if (timestamp < TIMESTAMP_MIN || timestamp > TIMESTAMP_MAX) {
            throw new IllegalArgumentException("timestamp " + text + " is not in milliseconds since 1970");
        }
        if (timestamp <= newest) {
            throw new IllegalArgumentException("timestamp " + text + " does not come after " + newest);
        }
        return timestamp;
    }

    private static double number(String name, String row, int[] ends, int column) {
        var text = row.substring(ends[column - 1] + 1, ends[column]);
        try {
            if (text.chars().allMatch(CandleRows::isOfANumber)) {
                return Double.parseDouble(text);
            }
        } catch (NumberFormatException e) {
            throw notANumber(name, text);
        }
        throw notANumber(name, text);
    }

    /** Java would read 1d, 0x1p3 and NaN as numbers too. */
    private static boolean isOfANumber(int c) {
        return '0' <= c && c <= '9' || c == '.' || c == '-' || c == '+' || c == 'e' || c == 'E';
    }

    private static IllegalArgumentException notANumber(String name, String text) {
        return new IllegalArgumentException(name + " '" + text + "' is not a number");
    }
}
