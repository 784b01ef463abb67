package io.tabot.signal;

import io.tabot.strategy.Decision;
import io.tabot.strategy.Decision.Action;
import io.tabot.strategy.Decision.OrderType;
import io.tabot.strategy.Decision.Strength;
import io.tabot.strategy.EvaluationContext;
import io.tabot.strategy.ParameterSchema;
import io.tabot.strategy.Strategy;
import io.tabot.strategy.StrategyDefinition;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A strategy that decides what a test says. */
record FakeStrategy(StrategyDefinition definition, Function<EvaluationContext, Optional<Decision>> rule)
        implements Strategy {

    static FakeStrategy saying(String id, Decision decision) {
        return of(id, context -> Optional.of(decision));
    }

    static FakeStrategy of(String id, Function<EvaluationContext, Optional<Decision>> rule) {
        return needing(1, id, rule);
    }

    static FakeStrategy needing(int candlesMin, String id, Function<EvaluationContext, Optional<Decision>> rule) {
        var definition = new StrategyDefinition(
                id,
                id,
                "says what a test wants",
                "Test",
                StrategyDefinition.Direction.BUY_AND_SELL,
                StrategyDefinition.ALL_TIMEFRAMES,
                candlesMin,
                new ParameterSchema());
        return new FakeStrategy(definition, rule);
    }

    static Decision decision(Action action, double confidence, double price, Double stopLoss, Double takeProfit) {
        return new Decision(
                action, confidence, price, stopLoss, takeProfit, Strength.MEDIUM, OrderType.MARKET, Map.of("own", 1.0));
    }

    @Override
    public Optional<Decision> evaluate(EvaluationContext context) {
        return rule.apply(context);
    }
}
