package io.tabot.http;

import io.tabot.market.Timeframe;
import io.tabot.strategy.StrategyDefinition;
import java.util.List;
import java.util.Locale;

/** A strategy as lists of the catalog tell of it. */
public record StrategyItem(
        String strategyId,
        String name,
        String description,
        String category,
        String direction,
        List<String> timeframes,
        int minCandles,
        boolean hasGlobalConfig,
        List<String> symbolOverrides,
        int parameterCount) {

    /** @param overridden the symbols with parameters of their own */
    public static StrategyItem of(StrategyDefinition definition, boolean hasGlobalConfig, List<String> overridden) {
        return new StrategyItem(
                definition.id(),
                definition.name(),
                definition.description(),
                definition.category(),
                definition.direction().name().toLowerCase(Locale.ROOT),
                definition.timeframes().stream().sorted().map(Timeframe::id).toList(),
                definition.candlesMin(),
                hasGlobalConfig,
                overridden,
                definition.schema().parameters().size());
    }
}
