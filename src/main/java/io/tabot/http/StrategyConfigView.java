package io.tabot.http;

import io.tabot.config.ConfigState;
import io.tabot.config.DocumentKey;
import io.tabot.config.EffectiveParameters;
import io.tabot.config.StoredDocument;
import io.tabot.strategy.Strategy;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a strategy as the API shows them.
 *
 * @param parameters what applies, from every layer
 * @param stored what is set in this layer itself
 * @param version of this layer: 0 where it never was, counting on after a delete
 */
record StrategyConfigView(
        String strategyId,
        @Nullable String symbol,
        Map<String, ?> parameters,
        Map<String, ?> stored,
        long version,
        long revision,
        String source,
        boolean isOverride,
        @Nullable Instant createdAt,
        @Nullable Instant updatedAt) {
    /** @param strategy nothing where the catalog has it no more */
    static DocumentView of(StrategyLayer layer, Optional<Strategy> strategy) {
        return new DocumentView(layer.key(), layer.under(), (state, source) -> show(layer, strategy, state, source));
    }

    /** How a layer is shown that is to go: by a message once it is gone. */
    static DocumentView ofRemoval(StrategyLayer layer, Optional<Strategy> strategy) {
        return new DocumentView(
                layer.key(),
                layer.under(),
                (state, source) -> state.document(layer.key()).isPresent()
                        ? show(layer, strategy, state, source)
                        : Map.of("message", gone(layer)));
    }

    private static String gone(StrategyLayer layer) {
        return layer.symbol() == null
                ? "The parameters of " + layer.strategyId() + " are the defaults again"
                : "The parameters of " + layer.strategyId() + " on " + layer.symbol()
                        + " are those of the strategy again";
    }

    private static StrategyConfigView show(
            StrategyLayer layer, Optional<Strategy> strategy, ConfigState state, String source) {
        var stored = state.document(layer.key());
        var isStored = stored.isPresent()
                || layer.under().stream().anyMatch(key -> state.document(key).isPresent());
        return new StrategyConfigView(
                layer.strategyId(),
                layer.symbol(),
                strategy.<Map<String, ?>>map(known -> EffectiveParameters.explain(state, known, layer.symbol())
                                .values())
                        .orElseGet(() -> overlaid(layer, state)),
                stored.<Map<String, ?>>map(document -> document.value().fields())
                        .orElse(Map.of()),
                state.versionOf(layer.key()),
                state.revisionOf(layer.key()),
                isStored ? source : ApplicationView.DEFAULT,
                layer.symbol() != null && stored.isPresent(),
                stored.map(StoredDocument::createdAt).orElse(null),
                stored.map(StoredDocument::updatedAt).orElse(null));
    }

    /** Without a schema there are no defaults: what is stored is all that is known. */
    private static Map<String, ?> overlaid(StrategyLayer layer, ConfigState state) {
        var values = new LinkedHashMap<String, @Nullable Object>();
        layer.under().forEach(key -> values.putAll(fields(state, key)));
        values.putAll(fields(state, layer.key()));
        return values;
    }

    private static Map<String, @Nullable Object> fields(ConfigState state, DocumentKey key) {
        return state.document(key).map(stored -> stored.value().fields()).orElse(Map.of());
    }
}
