package io.tabot.cli;

import io.tabot.backtest.BacktestReport;
import io.tabot.backtest.Criteria;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A report as a table of text: a line for each strategy, and one for all. */
final class BacktestTable {
    private static final String NONE = "-";
    private static final String TOTAL = "total";
    private static final List<String> HEADER = List.of(
            "strategy", "signals", "trades", "win rate", "return", "drawdown", "Sharpe", "profit factor", "exposure");

    private BacktestTable() {}

    static List<String> lines(BacktestReport report) {
        var rows = new ArrayList<List<String>>();
        rows.add(HEADER);
        var signals = 0;
        for (var strategy : report.strategies()) {
            var decisions = strategy.result().decisions();
            signals += decisions;
            rows.add(row(strategy.id(), decisions, strategy.criteria()));
        }
        rows.add(row(TOTAL, signals, report.total()));
        return aligned(rows);
    }

    private static List<String> row(String name, int signals, Criteria criteria) {
        return List.of(
                name,
                Integer.toString(signals),
                Integer.toString(criteria.trades()),
                percent("%.1f %%", criteria.winRate()),
                percent("%+.1f %%", criteria.totalReturn()),
                percent("%.1f %%", criteria.maxDrawdown()),
                number(criteria.sharpeRatio()),
                number(criteria.profitFactor()),
                percent("%.1f %%", criteria.exposure()));
    }

    private static String percent(String format, @Nullable Double share) {
        return share == null ? NONE : String.format(Locale.ROOT, format, 100 * share);
    }

    private static String number(@Nullable Double value) {
        return value == null ? NONE : String.format(Locale.ROOT, "%.2f", value);
    }

    /** Names to the left, figures to the right. */
    private static List<String> aligned(List<List<String>> rows) {
        var lines = new ArrayList<String>();
        for (var row : rows) {
            var line = new StringBuilder();
            for (var column = 0; column < row.size(); column++) {
                var width = width(rows, column);
                line.append(String.format(
                        Locale.ROOT, column == 0 ? "%-" + width + "s" : "  %" + width + "s", row.get(column)));
            }
            lines.add(line.toString());
        }
        return lines;
    }

    private static int width(List<List<String>> rows, int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(1);
    }
}
