package io.tabot.backtest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What one unit of capital was worth at the close of every candle; an open position counts at that close, without the
 * costs of leaving it.
 */
public final class EquityCurve {
    /** The worth at the close of one candle. */
    public record Point(int candle, double equity) {}

    private final double[] values;

    private EquityCurve(double[] values) {
        this.values = values;
    }

    /** Of one account, whose trades follow each other. */
    static EquityCurve of(CandleTable candles, List<Trade> trades, Costs costs) {
        var values = new double[candles.size()];
        var capital = 1.0;
        var next = 0;
        for (var trade : trades) {
            Arrays.fill(values, next, Math.max(next, trade.entry()), capital);
            for (var i = trade.entry(); i < trade.exit(); i++) {
                var worth = trade.side().marked(trade.entryPrice(), candles.close(i), costs);
                values[i] = capital * Math.max(0, worth);
            }
            capital *= trade.growth();
            // A position that was turned around has another one on the candle of its exit, which then overwrites this.
            values[trade.exit()] = capital;
            next = trade.exit() + 1;
        }
        Arrays.fill(values, next, values.length, capital);
        return new EquityCurve(values);
    }

    /** Adds up accounts of equal size, one at a time: all their curves at once would be too much to hold. */
    static final class Mean {
        private final double[] sums;
        private int accounts;

        Mean(int candles) {
            sums = new double[candles];
        }

        void add(EquityCurve curve) {
            for (var i = 0; i < sums.length; i++) {
                sums[i] += curve.values[i];
            }
            accounts++;
        }

        /** Of equal shares of the capital in each account, never evened out. */
        EquityCurve curve() {
            var values = new double[sums.length];
            for (var i = 0; i < sums.length; i++) {
                values[i] = accounts == 0 ? 1 : sums[i] / accounts;
            }
            return new EquityCurve(values);
        }
    }

    int size() {
        return values.length;
    }

    double at(int index) {
        return values[index];
    }

    /** Evenly spread points, the last one among them: enough to draw. */
    List<Point> sampled(int pointsMax) {
        var step = Math.max(1, Math.ceilDiv(values.length - 1, pointsMax - 1));
        var points = new ArrayList<Point>();
        for (var i = 0; i < values.length; i += step) {
            points.add(new Point(i, values[i]));
        }
        var last = values.length - 1;
        if (last % step != 0) {
            points.add(new Point(last, values[last]));
        }
        return points;
    }
}
