package io.tabot.cli;

import java.util.List;
import java.util.stream.IntStream;

/** Rows of text in aligned columns. The last column is as long as it is. */
final class TextTable {
    private static final String GAP = "  ";

    private TextTable() {}

    /** @param rows all of the same length, the headings first */
    static String of(List<List<String>> rows) {
        var columns = rows.getFirst().size();
        var widths = IntStream.range(0, columns)
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        var text = new StringBuilder();
        for (var row : rows) {
            for (var column = 0; column < columns; column++) {
                var cell = row.get(column);
                var isLast = column == columns - 1;
                text.append(cell).append(isLast ? "\n" : " ".repeat(widths[column] - cell.length()) + GAP);
            }
        }
        return text.toString();
    }
}
