package io.tabot.nats;

import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import java.util.Optional;
import java.util.regex.Pattern;

/** Subjects of NATS and their wildcards: {@code *} stands for one part, {@code >} at the end for one or more. */
final class SubjectPattern {
    private static final Pattern VALID = Pattern.compile("([^\\s.*>]+|\\*)(\\.([^\\s.*>]+|\\*))*(\\.>)?|>");
    private static final Pattern PART = Pattern.compile("[^\\s.*>\\p{Cntrl}]+");

    private SubjectPattern() {}

    static void requireValid(String subject) {
        if (!VALID.matcher(subject).matches()) {
            throw new IllegalArgumentException("'" + subject + "' is not a NATS subject");
        }
    }

    /** A candle subject also needs room for symbol and timeframe in its last two parts. */
    static void requireCandleSubject(String subject) {
        requireValid(subject);
        if (!subject.endsWith(">") && subject.split("\\.").length < 2) {
            throw new IllegalArgumentException(
                    "'" + subject + "' can't carry candles: its last two parts are symbol and timeframe");
        }
    }

    /**
     * Strips what a consumer's pattern ends with: {@code a.b.*}, {@code a.b.>} and {@code a.b.} all mean {@code
     * a.b}.
     */
    static String base(String subject) {
        var base = subject.strip().replaceFirst("\\.?[*>]?$", "");
        requireValid(base);
        if (base.contains("*") || base.contains(">")) {
            throw new IllegalArgumentException(
                    "'" + subject + "' has a wildcard in the middle; signals need one subject");
        }
        return base;
    }

    /** Whether every subject that the special pattern matches is matched by the general one too. */
    static boolean covers(String general, String special) {
        var generals = general.split("\\.");
        var specials = special.split("\\.");
        for (int i = 0; i < generals.length; i++) {
            if (i == specials.length) {
                return false;
            }
            if (generals[i].equals(">")) {
                return true;
            }
            if (specials[i].equals(">") || !generals[i].equals("*") && !generals[i].equals(specials[i])) {
                return false;
            }
        }
        return generals.length == specials.length;
    }

    /** The one subject on which this pattern carries the candles of a series, or nothing if it carries none. */
    static Optional<String> subjectOf(String pattern, Symbol symbol, Timeframe timeframe) {
        if (!PART.matcher(symbol.name()).matches()) {
            return Optional.empty();
        }
        var open = pattern.endsWith(".>") || pattern.equals(">");
        var parts = pattern.split("\\.");
        var fixed = parts.length - (open ? 1 : 2);
        var subject = new StringBuilder();
        for (int i = 0; i < fixed; i++) {
            subject.append(parts[i]).append('.');
        }
        subject.append(symbol.name()).append('.').append(timeframe.id());
        var complete = subject.toString();
        return complete.indexOf('*') < 0 && covers(pattern, complete) ? Optional.of(complete) : Optional.empty();
    }
}
