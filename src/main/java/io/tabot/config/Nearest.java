package io.tabot.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what a misspelt name was meant to be. */
public final class Nearest {
    private static final int NAME_LENGTH_MAX = 100;

    private Nearest() {}

    /** The known name with the fewest edits, case aside, or nothing when more than half of the name would change. */
    public static Optional<String> of(String name, Collection<String> known) {
        if (name.isEmpty() || name.length() > NAME_LENGTH_MAX) {
            return Optional.empty();
        }
        var lower = name.toLowerCase(Locale.ROOT);
        return known.stream()
                .filter(candidate -> edits(lower, candidate.toLowerCase(Locale.ROOT)) <= name.length() / 2)
                .min(Comparator.<String>comparingInt(candidate -> edits(lower, candidate.toLowerCase(Locale.ROOT)))
                        .thenComparingInt(candidate -> edits(name, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** Levenshtein's distance, one row at a time. */
    static int edits(String from, String to) {
        var row = new int[to.length() + 1];
        for (var j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (var i = 1; i <= from.length(); i++) {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.length(); j++) {
                var replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.length()];
    }
}
