package io.tabot.cli;

import io.tabot.config.RuleSettings;
import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import io.tabot.strategy.RuleSet;
import java.util.Arrays;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** Domain types as options' values. */
final class DomainConverters {
    /** As in the API, without quote currencies, and one character shorter: the names of indices are, e.g. GSPC. */
    private static final Pattern SYMBOL = Pattern.compile("[A-Z0-9]{4," + RuleSettings.SYMBOL_LENGTH_MAX + "}");

    private DomainConverters() {}

    static CommandLine addTo(CommandLine commands) {
        return commands.registerConverter(Symbol.class, DomainConverters::symbol)
                .registerConverter(Timeframe.class, DomainConverters::timeframe)
                .registerConverter(RuleSet.class, DomainConverters::ruleSet);
    }

    private static Symbol symbol(String text) {
        if (SYMBOL.matcher(text).matches()) {
            return new Symbol(text);
        }
        throw new TypeConversionException("'" + text + "' is not 4 to " + RuleSettings.SYMBOL_LENGTH_MAX
                + " upper-case letters and digits, e.g. BTCUSDT");
    }

    private static Timeframe timeframe(String text) {
        return Timeframe.of(text).orElseThrow(() -> notOneOf(text, Timeframe.values()));
    }

    private static RuleSet ruleSet(String text) {
        return RuleSet.of(text).orElseThrow(() -> notOneOf(text, RuleSet.values()));
    }

    private static TypeConversionException notOneOf(String text, Object[] values) {
        var known = String.join(", ", Arrays.stream(values).map(String::valueOf).toList());
        return new TypeConversionException("'" + text + "' is not one of " + known);
    }
}
