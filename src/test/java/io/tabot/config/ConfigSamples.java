package io.tabot.config;

import io.tabot.config.ChangeMeta.Idempotency;
import io.tabot.config.ChangeMeta.Through;
import io.tabot.config.ConfigCommand.ChangeOne;
import io.tabot.config.ConfigCommand.Initialize;
import io.tabot.config.ConfigCommand.Rollback;
import io.tabot.config.DocumentEdit.DeleteParameters;
import io.tabot.config.DocumentEdit.UpdateApplication;
import io.tabot.config.DocumentEdit.UpdateParameters;
import io.tabot.strategy.Decision;
import io.tabot.strategy.EvaluationContext;
import io.tabot.strategy.ParameterSchema;
import io.tabot.strategy.Strategy;
import io.tabot.strategy.StrategyCatalog;
import io.tabot.strategy.StrategyDefinition;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Three strategies, a first configuration, and short ways to say what a test wants. */
final class ConfigSamples {
    static final Instant NOW = Instant.parse("2026-05-04T08:00:00.123Z");
    static final String ENVIRONMENT = "staging";

    static final Strategy TREND = strategy("trend_follower", schema -> {
        var fast = schema.integer("fast_period", 12, 2, 100, "candles", "the fast average");
        var slow = schema.integer("slow_period", 26, 3, 200, "candles", "the slow average");
        schema.number("threshold", 25, 0.5, 60, "points", "strength of the trend");
        schema.ordered(fast, slow);
    });
    static final Strategy REVERSAL = strategy("rsi_reversal", schema -> {
        var extreme = schema.number("extreme_threshold", 2.0, 1, 10, "points", "extreme below");
        var oversold = schema.number("oversold_threshold", 25.0, 5, 40, "points", "oversold below");
        schema.ordered(extreme, oversold);
    });
    static final Strategy QUIET = strategy("quiet_market", _ -> {});

    static final StrategyCatalog CATALOG = new StrategyCatalog(List.of(TREND, REVERSAL, QUIET));
    static final ConfigRules RULES = new ConfigRules(CATALOG, RuleSettings.DEFAULTS);
    static final AppConfig DEFAULTS = AppConfig.defaults(CATALOG, List.of("BTCUSDT", "ETHUSDT"), List.of("15m", "4h"));
    static final ChangeMeta OPS = ChangeMeta.of("ops-7", Through.API, "trial");

    private ConfigSamples() {}

    static ConfigState initialized() {
        var command = new Initialize(new WholeConfig(Map.of(), Map.of()), DEFAULTS, OPS);
        return accept(ConfigState.empty(ENVIRONMENT), command).next();
    }

    static Outcome decide(ConfigState state, ConfigCommand command) {
        return RULES.decide(state, command, List.of(), NOW);
    }

    static Outcome.Accept accept(ConfigState state, ConfigCommand command) {
        if (decide(state, command) instanceof Outcome.Accept accept) {
            return accept;
        }
        throw new AssertionError("not accepted: " + decide(state, command));
    }

    static ConfigCommand application(Map<String, ?> fields) {
        return new ChangeOne(new UpdateApplication(JsonValues.freezeMap(fields), Precondition.NONE), OPS);
    }

    static ConfigCommand application(String field, Object value) {
        var fields = new java.util.HashMap<String, Object>();
        fields.put(field, value);
        return application(fields);
    }

    static ConfigCommand parameters(String strategyId, String symbol, Map<String, ?> parameters) {
        return new ChangeOne(
                new UpdateParameters(strategyId, symbol, JsonValues.freezeMap(parameters), Precondition.NONE), OPS);
    }

    static ConfigCommand delete(String strategyId, String symbol) {
        return new ChangeOne(new DeleteParameters(strategyId, symbol, Precondition.NONE), OPS);
    }

    static ConfigCommand rollback(DocumentKey scope, RollbackTarget target) {
        return new Rollback(scope, target, Precondition.NONE, OPS);
    }

    static ChangeMeta keyed(String key, String fingerprint) {
        return new ChangeMeta("ops-7", Through.API, null, new Idempotency(key, fingerprint));
    }

    /** The errors of a refused command. */
    static List<FieldError> errors(ConfigState state, ConfigCommand command) {
        return errors(decide(state, command));
    }

    static List<FieldError> errors(Outcome outcome) {
        if (outcome instanceof Outcome.Invalid(var errors)) {
            return errors;
        }
        throw new AssertionError("not refused as invalid: " + outcome);
    }

    private static Strategy strategy(String id, java.util.function.Consumer<ParameterSchema> parameters) {
        var schema = new ParameterSchema();
        parameters.accept(schema);
        var definition = new StrategyDefinition(
                id, id, "a sample", "test", StrategyDefinition.Direction.BUY, Set.of(), 1, schema);
        return new Strategy() {
            @Override
            public StrategyDefinition definition() {
                return definition;
            }

            @Override
            public Optional<Decision> evaluate(EvaluationContext context) {
                return Optional.empty();
            }
        };
    }
}
