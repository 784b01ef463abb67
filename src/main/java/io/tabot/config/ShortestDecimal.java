package io.tabot.config;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/**
 * The fewest decimal digits that read back as the same double: {@code 0.digits * 10^point}. JavaScript and Python print
 * those; each places the point in its own way.
 */
record ShortestDecimal(boolean negative, String digits, int point) {
    static ShortestDecimal of(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("not a finite number: " + value);
        }
        var shortest = fewestDigits(Math.abs(value)).stripTrailingZeros();
        var digits = shortest.unscaledValue().toString();
        return new ShortestDecimal(Double.doubleToRawLongBits(value) < 0, digits, digits.length() - shortest.scale());
    }

    /** As JavaScript, and so RFC 8785, writes it. */
    String ecmaScript() {
        if (digits.equals("0")) {
            return "0";
        }
        var text = point > -6 && point <= 21 ? fixed() : scientific("e%+d");
        return negative ? "-" + text : text;
    }

    /** As Python's repr writes it: always recognisable as a float. */
    String python() {
        var text = digits.equals("0") ? "0.0" : pythonUnsigned();
        return negative ? "-" + text : text;
    }

    private String pythonUnsigned() {
        if (point <= -4 || point > 16) {
            return scientific("e%+03d");
        }
        return point >= digits.length() ? fixed() + ".0" : fixed();
    }

    private String fixed() {
        if (point <= 0) {
            return "0." + "0".repeat(-point) + digits;
        }
        return digits.length() <= point
                ? digits + "0".repeat(point - digits.length())
                : digits.substring(0, point) + "." + digits.substring(point);
    }

    private String scientific(String exponentFormat) {
        var fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
        return digits.charAt(0) + fraction + String.format(Locale.ROOT, exponentFormat, point - 1);
    }

    // Double.toString prints the fewest digits, except that it prefers two close ones to a single one: 4.9E-324, not
    // 5E-324.
    private static BigDecimal fewestDigits(double value) {
        var printed = new BigDecimal(Double.toString(value));
        if (value == 0 || printed.stripTrailingZeros().precision() != 2) {
            return printed;
        }
        var oneDigit = new BigDecimal(value).round(new MathContext(1, RoundingMode.HALF_EVEN));
        return oneDigit.doubleValue() == value ? oneDigit : printed;
    }
}
