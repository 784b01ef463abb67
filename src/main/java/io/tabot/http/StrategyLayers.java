package io.tabot.http;

import io.tabot.config.ConfigState;
import io.tabot.config.ConfigView;
import io.tabot.config.DocumentKey;
import io.tabot.config.Nearest;
import io.tabot.strategy.Strategy;
import io.tabot.strategy.StrategyCatalog;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a path names. A strategy that is not in the catalog any more is found as long as it has a history, so that
 * its parameters can be read and removed.
 */
final class StrategyLayers {
    private final StrategyCatalog catalog;
    private final ConfigView view;

    StrategyLayers(StrategyCatalog catalog, ConfigView view) {
        this.catalog = catalog;
        this.view = view;
    }

    Optional<Strategy> strategy(StrategyLayer layer) {
        return catalog.find(layer.strategyId());
    }

    Answer unknown(String id) {
        return unknownStrategy(id, catalog);
    }

    static Answer unknownStrategy(String id, StrategyCatalog catalog) {
        var meant = Nearest.of(id, catalog.ids())
                .map(nearest -> "did you mean " + nearest + "? ")
                .orElse("");
        return Answer.refused(Problem.of(
                ErrorCode.NOT_FOUND, "there is no strategy of that name", meant + "GET /api/v1/strategies lists all"));
    }

    /** The answer about the layer, or why there is none. */
    CompletionStage<Answer> answer(
            String id, @Nullable String symbol, Function<StrategyLayer, CompletionStage<Answer>> about) {
        var key = key(id, symbol);
        return refusal(id, symbol, key)
                .<CompletionStage<Answer>>map(CompletableFuture::completedFuture)
                .orElseGet(() -> about.apply(new StrategyLayer(id, symbol, key.orElseThrow()))
                        .thenApply(answer -> answer.with("strategy_id", id)));
    }

    /** Why there is no such strategy, or nothing. */
    Optional<Answer> refusal(String id) {
        return refusal(id, null, key(id, null));
    }

    private Optional<Answer> refusal(String id, @Nullable String symbol, Optional<DocumentKey> key) {
        var state = view.current().map(ConfigView.InForce::state);
        if (key.isPresent()
                && state.filter(now -> hasHistory(now, id, key.get())).isPresent()) {
            return Optional.empty();
        }
        if (catalog.find(id).isEmpty()) {
            return Optional.of(unknown(id));
        }
        return Optional.ofNullable(symbol).flatMap(SymbolField::check).map(error -> ErrorItems.refusal(List.of(error)));
    }

    private static boolean hasHistory(ConfigState state, String id, DocumentKey key) {
        return state.versionOf(key) > 0 || (key.symbol().isEmpty() && state.versionOf(DocumentKey.lifecycle(id)) > 0);
    }

    private static Optional<DocumentKey> key(String id, @Nullable String symbol) {
        return DocumentKey.of("strategy/" + id + (symbol == null ? "" : "/" + symbol))
                .filter(key -> key.strategyId().equals(Optional.of(id)))
                .filter(key -> key.symbol().equals(Optional.ofNullable(symbol)));
    }
}
