package io.tabot.nats;

/** Decimals as prices are written: digits, with or without a point between them. */
final class PlainDecimal {
    /** So many digits make a whole number that a double holds exactly. */
    private static final int DIGITS_MAX = 15;

    private static final double[] POWERS = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14
    };

    private PlainDecimal() {}

    /**
     * The double next to the decimal, as {@link Double#parseDouble} has it; NaN for what is written otherwise or has
     * more digits. Both parts of the quotient are exact, so it is rounded once.
     */
    static double parse(char[] text, int from, int length) {
        if (length > DIGITS_MAX + 1 || length == 0 || !isDigit(text[from]) || !isDigit(text[from + length - 1])) {
            return Double.NaN;
        }
        var digits = 0L;
        var decimals = -1;
        for (var i = from; i < from + length; i++) {
            var character = text[i];
            if (isDigit(character)) {
                digits = 10 * digits + (character - '0');
                decimals += decimals < 0 ? 0 : 1;
            } else if (character == '.' && decimals < 0) {
                decimals = 0;
            } else {
                return Double.NaN;
            }
        }
        return decimals < 0 && length > DIGITS_MAX ? Double.NaN : digits / POWERS[Math.max(decimals, 0)];
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }
}
