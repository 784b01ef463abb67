package io.tabot.strategy;

import io.tabot.market.CandleSeries;

/** Room for one indicator with one set of periods: its lines, and the evaluation that they were computed for. */
final class IndicatorSlot {
    private static final int CAPACITY_MIN = 256;
    private static final long NEVER = -1;

    private int first;
    private int second;
    private int third;
    private long evaluation = NEVER;
    private long asked;
    private double[][] lines = {};

    int first() {
        return first;
    }

    int second() {
        return second;
    }

    int third() {
        return third;
    }

    double[] line(int number) {
        return lines[number];
    }

    boolean holds(int first, int second, int third) {
        return this.first == first && this.second == second && this.third == third;
    }

    boolean isOf(long evaluation) {
        return this.evaluation == evaluation;
    }

    /** @param request counts what is asked of the cache */
    void ask(long request) {
        asked = request;
    }

    /** The newest request for it. */
    long asked() {
        return asked;
    }

    /** Gives the slot another meaning; what it held is gone. */
    void assign(int first, int second, int third) {
        this.first = first;
        this.second = second;
        this.third = third;
        evaluation = NEVER;
    }

    void compute(SharedIndicator indicator, long evaluation, CandleSeries candles, RuleSet ruleSet) {
        reserve(indicator.lines(), candles.length());
        indicator.compute(candles, ruleSet, this);
        // Last: an indicator that throws leaves the slot stale.
        computedIn(evaluation);
    }

    void computedIn(long evaluation) {
        this.evaluation = evaluation;
    }

    /** Whether the last values of some lines are numbers. What an average has met once that is none stays with it. */
    boolean endsFinite(int firstLine, int lastLine, int length) {
        for (var line = firstLine; line <= lastLine; line++) {
            if (!Double.isFinite(lines[line][length - 1])) {
                return false;
            }
        }
        return true;
    }

    /** Arrays only grow, and by doubling, so that a window that fills up allocates a few times and then never. */
    void reserve(int count, int length) {
        if (lines.length == count && lines[0].length >= length) {
            return;
        }
        var capacity = Math.max(CAPACITY_MIN, Integer.highestOneBit(Math.max(1, length - 1)) << 1);
        lines = new double[count][capacity];
    }
}
