package io.tabot.market;

import org.jspecify.annotations.Nullable;

/**
 * One higher timeframe as each candle of a base series finds it. The higher candle that closes at the same instant is
 * always made of the base candles, stored or not, so that it does not matter which of the two arrives first; all older
 * ones are the stored ones.
 */
final class HigherWindow {
    private static final int MISSING = -1;

    private final Timeframe base;
    private final CandleWindow parts;
    private final Timeframe timeframe;
    private final CandleWindow stored;
    private final CandleWindow shown;
    private final CandleSeries view;

    /**
     * @param parts the candles of the base timeframe
     * @param stored those of the higher one as they came; may run ahead of the base
     * @param shown where the answers are put together
     */
    HigherWindow(Timeframe base, CandleWindow parts, Timeframe timeframe, CandleWindow stored, CandleWindow shown) {
        this.base = base;
        this.parts = parts;
        this.timeframe = timeframe;
        this.stored = stored;
        this.shown = shown;
        this.view = shown.newest(HigherCandles.LENGTH_MAX);
    }

    boolean reads(CandleWindow window) {
        return stored == window;
    }

    boolean isKnown(long instant) {
        var opened = timeframe.openTime(instant);
        return previous(opened) >= 0 && (!closesAt(instant, opened) || firstPart(instant, opened) >= 0);
    }

    /** One view for all answers: it shows the last one. */
    @Nullable CandleSeries closedBy(long instant) {
        var opened = timeframe.openTime(instant);
        var previous = previous(opened);
        if (previous < 0) {
            return null;
        }
        if (!closesAt(instant, opened)) {
            shown.copy(stored, previous + 1, HigherCandles.LENGTH_MAX);
            return view;
        }
        var first = firstPart(instant, opened);
        if (first < 0) {
            return null;
        }
        shown.copy(stored, previous + 1, HigherCandles.LENGTH_MAX - 1);
        shown.appendMerged(parts, first, lastPart(instant) + 1);
        return view;
    }

    /** Stores the candle that closes at this instant, if it is not stored yet and all of its parts are there. */
    void storeClosedAt(long instant) {
        var opened = timeframe.openTime(instant);
        var isWanted = closesAt(instant, opened) && !stored.contains(opened);
        var first = isWanted ? firstPart(instant, opened) : MISSING;
        if (first >= 0) {
            stored.appendMerged(parts, first, lastPart(instant) + 1);
        }
    }

    /** Index of the stored candle just before the one that opened then; negative if it is missing. */
    private int previous(long opened) {
        return stored.find(timeframe.openTime(opened - 1));
    }

    private boolean closesAt(long instant, long opened) {
        return timeframe.closeTime(opened) == instant;
    }

    /** Index of the first base candle since then; negative if any is missing until the instant. */
    private int firstPart(long instant, long opened) {
        var first = parts.find(opened);
        var expected = opened;
        for (var i = first; expected <= instant; i++) {
            if (i < 0 || i >= parts.end() || parts.openTime[i] != expected) {
                return MISSING;
            }
            expected = base.nextOpenTime(expected);
        }
        return first;
    }

    private int lastPart(long instant) {
        return parts.find(base.openTime(instant));
    }
}
