package io.tabot.http;

import io.tabot.config.ChangeMeta;
import io.tabot.config.ConfigCommand.ChangeOne;
import io.tabot.config.ConfigRules;
import io.tabot.config.ConfigState;
import io.tabot.config.DocumentEdit.UpdateParameters;
import io.tabot.config.DocumentKey;
import io.tabot.config.EffectiveConfig;
import io.tabot.config.EffectiveConfig.ActiveStrategy;
import io.tabot.config.EffectiveConfig.Limits;
import io.tabot.config.EffectiveParameters;
import io.tabot.config.FieldError;
import io.tabot.config.Outcome;
import io.tabot.config.Precondition;
import io.tabot.market.HigherCandles;
import io.tabot.market.Timeframe;
import io.tabot.strategy.StrategyDefinition;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one strategy would run with if the overrides of a backtest were stored for its symbol: judged by the rules for
 * changes, as a dry run on the configuration in force. Confidence is not bounded, and who is enabled does not matter.
 *
 * @param errors all that is wrong with the overrides; the rest is without them then
 */
record BacktestConfig(EffectiveConfig config, EffectiveParameters parameters, List<FieldError> errors) {
    private static final String ENABLED = "enabled";
    private static final String SYMBOL = "symbol";

    static BacktestConfig of(BacktestRequest request, ConfigState inForce, ConfigRules rules) {
        var edit = new UpdateParameters(
                request.strategyId(), request.symbol().name(), overrides(request), Precondition.NONE);
        var meta = ChangeMeta.of("backtest", ChangeMeta.Through.API, null);
        return switch (rules.decide(inForce, new ChangeOne(edit, meta), List.of(), Instant.EPOCH)) {
            case Outcome.Accept(var event, var next) -> compile(request, next, List.of());
            case Outcome.Unchanged(var state) -> compile(request, state, List.of());
            case Outcome.Invalid(var errors) ->
                compile(
                        request,
                        inForce,
                        errors.stream().map(BacktestConfig::located).toList());
            case Outcome.Repeat _, Outcome.KeyReused _, Outcome.Stale _, Outcome.Unknown _ ->
                throw new IllegalStateException("a change of a known strategy without conditions can't end like this");
        };
    }

    /** Those that the strategy reads while it runs on this one, the lowest first. */
    List<Timeframe> higherTimeframes(Timeframe base) {
        return config.higherTimeframes().getOrDefault(base, List.of());
    }

    /** How many candles from before the range can make a difference, as far as so many may be read. */
    int candlesBefore(BacktestRequest request, int max) {
        var base = request.timeframe().longest();
        var higher = higherTimeframes(request.timeframe()).stream()
                .mapToInt(read -> (int) read.longest().dividedBy(base) * (HigherCandles.LENGTH_MAX + 1))
                .max()
                .orElse(0);
        return Math.max(StrategyDefinition.LONG_WINDOW_CANDLES, Math.max(request.warmup() - 1, Math.min(higher, max)));
    }

    private static Map<String, @Nullable Object> overrides(BacktestRequest request) {
        var overrides = new LinkedHashMap<String, @Nullable Object>();
        overrides.put(ENABLED, true);
        overrides.putAll(request.overrides());
        return overrides;
    }

    private static BacktestConfig compile(BacktestRequest request, ConfigState state, List<FieldError> errors) {
        var strategy = request.strategy();
        var schema = strategy.definition().schema();
        var parameters = EffectiveParameters.explain(state, strategy, symbol(request));
        var values = parameters.compiled(schema);
        var active = new ActiveStrategy(strategy, values, parameters.hash());
        var application = state.application();
        var config = new EffectiveConfig(
                state.revision(),
                request.ruleSet() == null ? application.ruleSet() : request.ruleSet(),
                false,
                0,
                1,
                new Limits(application.maxPositions(), application.positionSizes()),
                values.isOn(schema.enabled()) ? List.of(active) : List.of());
        return new BacktestConfig(config, parameters, errors);
    }

    /** Null for a name that no document can have: of that symbol, there is nothing to know. */
    private static @Nullable String symbol(BacktestRequest request) {
        return DocumentKey.of("strategy/" + request.strategyId() + "/"
                        + request.symbol().name())
                .flatMap(DocumentKey::symbol)
                .orElse(null);
    }

    private static FieldError located(FieldError error) {
        return error.field().equals(SYMBOL)
                ? error
                : new FieldError(
                        "parameter_overrides." + error.field(),
                        error.code(),
                        error.message(),
                        error.allowed(),
                        error.suggestedValue());
    }
}
