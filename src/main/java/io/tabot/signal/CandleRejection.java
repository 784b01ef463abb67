package io.tabot.signal;

import java.util.Locale;

/** Why a message that came in was not taken as a candle. */
public enum CandleRejection {
    TOO_LARGE,
    NOT_JSON,
    NOT_AN_OBJECT,
    MISSING_FIELD,
    NOT_A_NUMBER,
    NOT_A_TIME,
    WRONG_TYPE,
    INVALID_SYMBOL,
    UNKNOWN_TIMEFRAME,
    SUBJECT_MISMATCH,
    /** Its open time is no open time of its timeframe. */
    MISALIGNED,
    INVALID_CANDLE,
    /** It closes in the future. Taken in, it would make every candle until then look late. */
    FUTURE,
    /** The bar is still forming. This is traffic as usual, so it is counted and not logged. */
    NOT_CLOSED,
    /** Delivered again so late that a repeated signal would no longer be recognised as one. */
    EXPIRED,
    /** The decoder itself failed. */
    UNEXPECTED;

    /** The value of the metric's {@code reason}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
