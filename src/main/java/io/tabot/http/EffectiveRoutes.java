package io.tabot.http;

import static org.apache.pekko.http.javadsl.server.Directives.extractRequest;
import static org.apache.pekko.http.javadsl.server.Directives.get;

import io.tabot.config.EffectiveParameters;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.server.Route;
import org.jspecify.annotations.Nullable;

/**
 * Where each value that a strategy uses comes from.
 *
 * <pre>
 * GET /api/v1/strategies/{strategy_id}/effective  every parameter with its layer, with ?symbol= on that symbol
 * </pre>
 */
final class EffectiveRoutes {
    private record Item(
            Object value, String layer, @Nullable Long revision) {}

    private record View(
            String strategyId, @Nullable String symbol, Map<String, Item> parameters, String parametersHash) {}

    private final Api api;
    private final ConfigReads reads;
    private final StrategyLayers layers;

    EffectiveRoutes(Api api, ConfigReads reads, StrategyLayers layers) {
        this.api = api;
        this.reads = reads;
        this.layers = layers;
    }

    Route create() {
        return api.at(
                "/api/v1/strategies/{strategy_id}/effective",
                id -> get(() -> SymbolField.parameter(
                        symbol -> extractRequest(request -> api.answer(explain(request, id, symbol))))));
    }

    private CompletionStage<Answer> explain(HttpRequest request, String id, @Nullable String symbol) {
        return new QueryFields(request, SymbolField.NAME)
                .refusal()
                .<CompletionStage<Answer>>map(CompletableFuture::completedFuture)
                .orElseGet(() ->
                        layers.answer(id, symbol, layer -> CompletableFuture.completedFuture(read(request, layer))));
    }

    private Answer read(HttpRequest request, StrategyLayer layer) {
        return layers.strategy(layer)
                .map(strategy -> reads.read(
                        request,
                        StrategyConfigView.of(layer, Optional.of(strategy))::revision,
                        inForce -> view(EffectiveParameters.explain(inForce.state(), strategy, layer.symbol()))))
                .orElseGet(() -> layers.unknown(layer.strategyId()));
    }

    private static View view(EffectiveParameters effective) {
        var items = new LinkedHashMap<String, Item>();
        effective
                .parameters()
                .forEach(parameter -> items.put(
                        parameter.name(),
                        new Item(parameter.value(), parameter.layer().id(), parameter.revision())));
        return new View(effective.strategyId(), effective.symbol(), items, effective.hash());
    }
}
