package io.tabot.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;

/** One line on a terminal that is written over and over, and wiped at the end: how far, and how long still. */
final class ProgressBar implements IntConsumer, AutoCloseable {
    private static final int WIDTH = 30;
    private static final long NANOS_BETWEEN = Duration.ofMillis(100).toNanos();
    private static final String WIPE = "\r\033[K";

    private final PrintWriter terminal;
    private final int total;
    private final LongSupplier nanos;
    private final long begin;
    private long shownAt;
    private boolean isShown;

    /** @param nanos a clock that only ever goes on */
    ProgressBar(PrintWriter terminal, int total, LongSupplier nanos) {
        this.terminal = terminal;
        this.total = total;
        this.nanos = nanos;
        this.begin = nanos.getAsLong();
        this.shownAt = begin;
    }

    @Override
    public void accept(int done) {
        var now = nanos.getAsLong();
        if (done > 0 && now - shownAt >= NANOS_BETWEEN) {
            shownAt = now;
            isShown = true;
            terminal.print(line(done, Duration.ofNanos(now - begin)));
            terminal.flush();
        }
    }

    @Override
    public void close() {
        if (isShown) {
            terminal.print(WIPE);
            terminal.flush();
        }
    }

    private String line(int done, Duration elapsed) {
        var share = (double) done / total;
        var filled = (int) (WIDTH * share);
        var left = Duration.ofMillis((long) (elapsed.toMillis() * (1 - share) / share))
                .toSeconds();
        return String.format(
                Locale.ROOT,
                "%s[%s%s] %3.0f %%  %,d of %,d candles  %d:%02d left",
                WIPE,
                "#".repeat(filled),
                ".".repeat(WIDTH - filled),
                100 * share,
                done,
                total,
                left / 60,
                left % 60);
    }
}
