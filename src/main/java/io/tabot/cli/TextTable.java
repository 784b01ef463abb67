package io.tabot.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Rows of text in aligned columns. The last column is as long as it is. */
final class TextTable {
    private static final String GAP = "  ";
    private static final int WRAPPED_LENGTH = 80;

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

    /** The same, where a last column that is too long goes on in rows that are otherwise empty. */
    static String wrapped(List<List<String>> rows) {
        var more = new ArrayList<List<String>>();
        for (var row : rows) {
            var first = new ArrayList<>(row.subList(0, row.size() - 1));
            for (var part : wrap(row.getLast())) {
                first.add(part);
                more.add(List.copyOf(first));
                first.replaceAll(_ -> "");
                first.removeLast();
            }
        }
        return of(more);
    }

    /** Text in lines that end between words. */
    static List<String> wrap(String text) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder();
        for (var word : text.split(" ", -1)) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > WRAPPED_LENGTH) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
