package io.tabot.strategy;

/**
 * How many candles, counted back from the last one given, lie on one side of a line, and how often a line moves one
 * way. There must be that many candles; NaN is on no side.
 */
final class LineComparison {
    private LineComparison() {}

    static int closesAbove(CandleAnalysis candles, double[] line, int last, int count) {
        var found = 0;
        for (var i = last - count + 1; i <= last; i++) {
            found += candles.close(i) > line[i] ? 1 : 0;
        }
        return found;
    }

    static int closesBelow(CandleAnalysis candles, double[] line, int last, int count) {
        var found = 0;
        for (var i = last - count + 1; i <= last; i++) {
            found += candles.close(i) < line[i] ? 1 : 0;
        }
        return found;
    }

    static int highsAbove(CandleAnalysis candles, double[] line, int last, int count) {
        var found = 0;
        for (var i = last - count + 1; i <= last; i++) {
            found += candles.high(i) > line[i] ? 1 : 0;
        }
        return found;
    }

    static int lowsAbove(CandleAnalysis candles, double[] line, int last, int count) {
        var found = 0;
        for (var i = last - count + 1; i <= last; i++) {
            found += candles.low(i) > line[i] ? 1 : 0;
        }
        return found;
    }

    static int lowsBelow(CandleAnalysis candles, double[] line, int last, int count) {
        var found = 0;
        for (var i = last - count + 1; i <= last; i++) {
            found += candles.low(i) < line[i] ? 1 : 0;
        }
        return found;
    }

    static int above(double[] upper, double[] lower, int last, int count) {
        var found = 0;
        for (var i = last - count + 1; i <= last; i++) {
            found += upper[i] > lower[i] ? 1 : 0;
        }
        return found;
    }

    /** How many of so many steps, each from one candle to the next, lead upwards. */
    static int rising(double[] line, int last, int steps) {
        var found = 0;
        for (var i = last - steps + 1; i <= last; i++) {
            found += line[i] > line[i - 1] ? 1 : 0;
        }
        return found;
    }

    /** How many of so many steps lead downwards. */
    static int falling(double[] line, int last, int steps) {
        var found = 0;
        for (var i = last - steps + 1; i <= last; i++) {
            found += line[i] < line[i - 1] ? 1 : 0;
        }
        return found;
    }
}
