package io.tabot.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * All indicators that the 28 strategies read with their defaults, ours and ta4j's. Streaming: one candle is added
 * to 250 held, and the newest values are read. Fresh: 250 candles are put into something new, and the newest values
 * are read.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class IndicatorBenchmark {
    static final int LENGTH = 250;

    /** How many values are read on each candle. */
    static final int VALUES = 60;

    /** What EMA 50 still remembers of its start after 250 candles is the largest difference by far. */
    private static final double TOLERANCE = 1e-3;

    private final Feed feed = new Feed();
    private final OurIndicators ours = new OurIndicators();
    private final Ta4jIndicators theirs = new Ta4jIndicators();

    @Setup
    public void fill() {
        for (var i = 0; i < LENGTH; i++) {
            var candle = feed.next();
            ours.add(candle);
            theirs.add(candle);
        }
        requireEqual(ours.values(), theirs.values());
    }

    @Benchmark
    public double[] oursStreaming() {
        ours.add(feed.next());
        return ours.values();
    }

    @Benchmark
    public double[] ta4jStreaming() {
        theirs.add(feed.next());
        return theirs.values();
    }

    @Benchmark
    public double[] oursFresh() {
        var fresh = new OurIndicators();
        var first = feed.nextStretch(LENGTH);
        for (var i = first; i < first + LENGTH; i++) {
            fresh.add(feed.recorded(i));
        }
        return fresh.values();
    }

    @Benchmark
    public double[] ta4jFresh() {
        var fresh = new Ta4jIndicators();
        var first = feed.nextStretch(LENGTH);
        for (var i = first; i < first + LENGTH; i++) {
            fresh.add(feed.recorded(i));
        }
        return fresh.values();
    }

    /** A comparison of two things that compute something else would be worthless. */
    private static void requireEqual(double[] ours, double[] theirs) {
        for (var i = 0; i < ours.length; i++) {
            var scale = Math.max(1, Math.abs(theirs[i]));
            if (!(Math.abs(ours[i] - theirs[i]) <= TOLERANCE * scale)) {
                throw new IllegalStateException("value " + i + ": " + ours[i] + " here, " + theirs[i] + " in ta4j");
            }
        }
    }
}
