package io.tabot.cli;

import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import io.tabot.strategy.RuleSet;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** Domain types as options' values. */
final class DomainConverters {
    private DomainConverters() {}

    static CommandLine addTo(CommandLine commands) {
        return commands.registerConverter(Symbol.class, DomainConverters::symbol)
                .registerConverter(Timeframe.class, DomainConverters::timeframe)
                .registerConverter(RuleSet.class, DomainConverters::ruleSet);
    }

    private static Symbol symbol(String text) {
        try {
            return new Symbol(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
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
