package io.tabot.http;

import io.tabot.config.DocumentKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parameters that are set in one place: of a strategy for every symbol, or over those for one. */
record StrategyLayer(String strategyId, @Nullable String symbol, DocumentKey key) {
    /** The layers below this one. */
    List<DocumentKey> under() {
        return symbol == null ? List.of() : List.of(DocumentKey.strategy(strategyId));
    }
}
