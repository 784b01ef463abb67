package io.tabot.signal;

import io.tabot.config.ConfigCommand;
import io.tabot.config.ConfigRules;
import io.tabot.config.ConfigState;
import io.tabot.config.EffectiveConfigs;
import io.tabot.config.Outcome;
import io.tabot.config.RuleSettings;
import io.tabot.config.WholeConfig;
import io.tabot.market.Candle;
import io.tabot.market.Timeframe;
import io.tabot.strategy.Decision;
import io.tabot.strategy.Decision.Action;
import io.tabot.strategy.EvaluationContext;
import io.tabot.strategy.Metadata;
import io.tabot.strategy.ParameterSchema;
import io.tabot.strategy.Strategy;
import io.tabot.strategy.StrategyCatalog;
import io.tabot.strategy.StrategyDefinition;
import io.tabot.testing.Events;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** A strategy that says on every candle of 15 minutes what it sees of one and of four hours. */
record Watcher(StrategyDefinition definition) implements Strategy {
    static final String NOTHING = "nothing";

    private static final Timeframe BASE = Timeframe.FIFTEEN_MINUTES;
    private static final List<Timeframe> HIGHER = List.of(Timeframe.ONE_HOUR, Timeframe.FOUR_HOURS);
    static final Strategy STRATEGY = new Watcher(new StrategyDefinition(
            "watcher",
            "watcher",
            "says what it sees",
            "Test",
            StrategyDefinition.Direction.BUY,
            Set.of(BASE),
            1,
            new ParameterSchema(),
            Map.of(BASE, HIGHER)));

    private static final StrategyCatalog CATALOG = new StrategyCatalog(List.of(STRATEGY));

    static EffectiveConfigs corrected(int revision) {
        return configs("corrected", revision);
    }

    static EffectiveConfigs python(int revision) {
        return configs("python", revision);
    }

    /** What it says of these candles. */
    static String seen(List<Candle> candles) {
        return candles.size() + " to " + candles.getLast();
    }

    @Override
    public Optional<Decision> evaluate(EvaluationContext context) {
        var metadata = new Metadata();
        HIGHER.forEach(timeframe -> metadata.with(timeframe.id(), seen(context, timeframe)));
        var close = context.close(context.newest());
        return Optional.of(Decision.of(Action.BUY, 0.7, close, close / 2, close * 2, metadata.values()));
    }

    private static String seen(EvaluationContext context, Timeframe timeframe) {
        var higher = context.higher(timeframe);
        if (higher == null) {
            return NOTHING;
        }
        return seen(IntStream.range(0, higher.length())
                .mapToObj(higher.candles()::candle)
                .toList());
    }

    private static EffectiveConfigs configs(String ruleSet, int revision) {
        var rules = new ConfigRules(CATALOG, RuleSettings.DEFAULTS);
        var first = Events.first(CATALOG);
        var state = ConfigState.empty("test");
        for (var i = 0; i < revision; i++) {
            var command = i == 0
                    ? new ConfigCommand.Initialize(
                            new WholeConfig(Map.of("rule_set", ruleSet), Map.of()), first.defaults(), first.meta())
                    : Events.maxPositions(100 + i, "next");
            state = ((Outcome.Accept) rules.decide(state, command, List.of(), Events.START.plusSeconds(i))).next();
        }
        return new EffectiveConfigs(state, CATALOG);
    }
}
