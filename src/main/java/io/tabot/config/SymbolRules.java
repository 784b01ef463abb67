package io.tabot.config;

import io.tabot.config.FieldError.Allowed;
import io.tabot.config.FieldError.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which names of symbols may be configured: upper case letters and digits, ending with a quote currency. */
final class SymbolRules {
    private static final Pattern NAME = Pattern.compile("[A-Z0-9]+");

    private final RuleSettings settings;

    SymbolRules(RuleSettings settings) {
        this.settings = settings;
    }

    /** Both what is wrong with the form and with the length, like the Python bot. */
    List<FieldError> check(String field, String symbol) {
        var errors = new ArrayList<FieldError>();
        var upper = symbol.toUpperCase(Locale.ROOT);
        if (!upper.equals(symbol)) {
            var message = "Symbol must be uppercase: " + FieldErrors.shown(symbol);
            errors.add(new FieldError(field, Code.INVALID_FORMAT, message, null, repaired(upper)));
            return errors;
        }
        if (!isWellFormed(symbol)) {
            errors.add(format(field, symbol));
        }
        if (!isLengthGood(symbol)) {
            errors.add(length(field, symbol));
        }
        return errors;
    }

    boolean isValid(String symbol) {
        return isWellFormed(symbol) && isLengthGood(symbol);
    }

    private FieldError format(String field, String symbol) {
        var message = "Invalid symbol format: " + FieldErrors.shown(symbol)
                + ". A symbol is letters and digits followed by one of " + settings.quoteCurrencies()
                + ", e.g. BTCUSDT";
        return new FieldError(field, Code.INVALID_FORMAT, message, null, repaired(symbol));
    }

    private static FieldError length(String field, String symbol) {
        var message = "Symbol must have " + RuleSettings.SYMBOL_LENGTH_MIN + "-" + RuleSettings.SYMBOL_LENGTH_MAX
                + " characters: " + FieldErrors.shown(symbol);
        var allowed = Allowed.range(RuleSettings.SYMBOL_LENGTH_MIN, RuleSettings.SYMBOL_LENGTH_MAX);
        return new FieldError(field, Code.OUT_OF_RANGE, message, allowed, null);
    }

    private @Nullable String repaired(String symbol) {
        return Optional.of(symbol.replaceAll("[^A-Z0-9]", ""))
                .filter(this::isValid)
                .orElse(null);
    }

    private boolean isWellFormed(String symbol) {
        return NAME.matcher(symbol).matches()
                && settings.quoteCurrencies().stream()
                        .anyMatch(quote -> symbol.endsWith(quote) && symbol.length() > quote.length());
    }

    private static boolean isLengthGood(String symbol) {
        return RuleSettings.SYMBOL_LENGTH_MIN <= symbol.length() && symbol.length() <= RuleSettings.SYMBOL_LENGTH_MAX;
    }
}
