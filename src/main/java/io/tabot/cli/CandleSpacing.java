package io.tabot.cli;

import io.tabot.market.Candle;
import io.tabot.market.Timeframe;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Arrays;

/** Notices that a file has another timeframe than was said. Looks at the first candles only. */
final class CandleSpacing {
    /** Of fewer, holidays and gaps may be the most. */
    private static final int STEPS_MIN = 10;

    private static final int STEPS_MAX = 1000;

    private final Timeframe timeframe;
    private final long[] steps = new long[STEPS_MAX];
    private final long[] off = new long[STEPS_MAX];
    private int count;
    private long previous;
    private boolean isFirst = true;

    CandleSpacing(Timeframe timeframe) {
        this.timeframe = timeframe;
    }

    void add(Candle candle) {
        if (!isFirst && count < STEPS_MAX) {
            steps[count] = candle.openTime() - previous;
            // By the calendar: months differ in length.
            var opened = timeframe.openTime(previous);
            off[count++] = candle.openTime() - previous - (timeframe.nextOpenTime(opened) - opened);
        }
        previous = candle.openTime();
        isFirst = false;
    }

    void warn(PrintWriter err, Object file) {
        if (count >= STEPS_MIN && median(off) != 0) {
            Failures.tell(
                    err,
                    "warning: --timeframe is " + timeframe + ", but the candles of " + file + " are mostly "
                            + text(Duration.ofMillis(median(steps))) + " apart");
        }
    }

    private long median(long[] values) {
        var sorted = Arrays.copyOf(values, count);
        Arrays.sort(sorted);
        return sorted[count / 2];
    }

    /** As a timeframe is written where it is a whole number of days, hours or minutes. */
    private static String text(Duration step) {
        if (step.toMillis() % Duration.ofDays(1).toMillis() == 0) {
            return step.toDays() + "d";
        }
        if (step.toMillis() % Duration.ofHours(1).toMillis() == 0) {
            return step.toHours() + "h";
        }
        if (step.toMillis() % Duration.ofMinutes(1).toMillis() == 0) {
            return step.toMinutes() + "m";
        }
        return step.toMillis() + " ms";
    }
}
