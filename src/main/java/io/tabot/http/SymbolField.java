package io.tabot.http;

import static org.apache.pekko.http.javadsl.server.Directives.parameterOptional;

import io.tabot.config.FieldError;
import io.tabot.config.FieldError.Code;
import io.tabot.config.RuleSettings;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.pekko.http.javadsl.server.Route;
import org.jspecify.annotations.Nullable;

/**
 * The form of a symbol in a path or a query. A symbol that nothing is known of is fine; a text that can't be one would
 * never have anything. Quote currencies don't count: a setting may change them while what is named is kept.
 */
final class SymbolField {
    private static final Pattern FORM =
            Pattern.compile("[A-Z0-9]{" + RuleSettings.SYMBOL_LENGTH_MIN + "," + RuleSettings.SYMBOL_LENGTH_MAX + "}");

    static final String NAME = "symbol";

    private SymbolField() {}

    /** Hands on the parameter of the query, which may be left out; left empty, it is no symbol. */
    static Route parameter(Function<@Nullable String, Route> inner) {
        return parameterOptional(NAME, symbol -> inner.apply(symbol.orElse(null)));
    }

    /** What is wrong with it, or nothing. */
    static Optional<FieldError> check(String symbol) {
        if (FORM.matcher(symbol).matches()) {
            return Optional.empty();
        }
        var upper = symbol.toUpperCase(Locale.ROOT);
        return Optional.of(new FieldError(
                NAME,
                Code.INVALID_FORMAT,
                "symbol must be " + RuleSettings.SYMBOL_LENGTH_MIN + " to " + RuleSettings.SYMBOL_LENGTH_MAX
                        + " upper-case letters and digits, e.g. BTCUSDT",
                null,
                FORM.matcher(upper).matches() ? upper : null));
    }
}
