package io.tabot.cli;

import io.tabot.http.ParameterItem;
import io.tabot.market.Timeframe;
import io.tabot.strategy.StrategyDefinition;
import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Facts of the catalog as people read them. */
final class CatalogText {
    private CatalogText() {}

    static String side(StrategyDefinition definition) {
        return switch (definition.direction()) {
            case BUY -> "buy";
            case SELL -> "sell";
            case BUY_AND_SELL -> "buy, sell";
            case HOLD -> "hold";
        };
    }

    static String timeframes(StrategyDefinition definition) {
        var missing = EnumSet.allOf(Timeframe.class);
        missing.removeAll(definition.timeframes());
        if (missing.isEmpty()) {
            return "all";
        }
        return missing.size() < definition.timeframes().size()
                ? "not " + names(missing)
                : names(EnumSet.copyOf(definition.timeframes()));
    }

    /** The default of a parameter, or one of its bounds; nothing where there is none. */
    static String value(@Nullable Object value) {
        return switch (value) {
            case null -> "";
            case Double number -> {
                var decimal = BigDecimal.valueOf(number).stripTrailingZeros();
                yield decimal.signum() == 0 ? "0" : decimal.toPlainString();
            }
            default -> value.toString();
        };
    }

    /** What the parameter is for, and under which rule set alone, if so. */
    static String meaning(ParameterItem item) {
        return item.ruleSets().size() == 1
                ? item.description() + " (rule set " + item.ruleSets().getFirst() + " only)"
                : item.description();
    }

    private static String names(EnumSet<Timeframe> timeframes) {
        return timeframes.stream().map(Timeframe::id).collect(Collectors.joining(" "));
    }
}
