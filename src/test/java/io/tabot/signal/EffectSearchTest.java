package io.tabot.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.signal.EffectSearch.Effect;
import io.tabot.signal.EffectSearch.Extent;
import io.tabot.strategy.Decision;
import io.tabot.strategy.Decision.Action;
import io.tabot.strategy.EvaluationContext;
import io.tabot.strategy.Parameter;
import io.tabot.strategy.ParameterSchema;
import io.tabot.strategy.RuleSet;
import io.tabot.strategy.Strategy;
import io.tabot.strategy.StrategyDefinition;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The search on a strategy whose parameters are known to be alive or dead. */
class EffectSearchTest {
    private static final int JOINT_TRIALS = 2000;

    private final Probe probe = new Probe();

    @Test
    void findsAValueThatChangesTheDecision() {
        var effect = find(probe.base, RuleSet.PYTHON).orElseThrow();

        assertThat(effect.extent()).isEqualTo(Extent.DECISION);
        assertThat(effect.others()).isEmpty();
        assertThat(effect.value()).isNotEqualTo(0.5);
    }

    @Test
    void findsNothingForAParameterThatNobodyReads() {
        assertThat(find(probe.dead, RuleSet.PYTHON)).isEmpty();
        assertThat(find(probe.dead, RuleSet.CORRECTED)).isEmpty();
    }

    @Test
    void findsACapThatOnlyHigherSettingsReach() {
        var effect = find(probe.cap, RuleSet.PYTHON).orElseThrow();

        assertThat(effect.extent()).isEqualTo(Extent.DECISION);
        assertThat(effect.others()).containsKey("base_confidence");
    }

    @Test
    void tellsTheRuleSetsApart() {
        assertThat(find(probe.bonus, RuleSet.PYTHON)).isEmpty();
        assertThat(find(probe.bonus, RuleSet.CORRECTED)).isPresent();
    }

    @Test
    void tellsWhatOnlyExplains() {
        assertThat(find(probe.note, RuleSet.PYTHON))
                .hasValueSatisfying(effect -> assertThat(effect.extent()).isEqualTo(Extent.METADATA));
    }

    private Optional<Effect> find(Parameter parameter, RuleSet ruleSet) {
        return new EffectSearch(probe, ruleSet, Sites.standard(), JOINT_TRIALS).find(parameter);
    }

    /** Buys every rising candle. */
    private static final class Probe implements Strategy {
        private final ParameterSchema schema = new ParameterSchema();
        private final Parameter base = schema.number("base_confidence", 0.5, 0, 1, "share", "what it starts from");
        private final Parameter cap = schema.number("max_confidence", 0.95, 0.9, 1, "share", "what it ends at");
        private final Parameter bonus = schema.number("bonus", 0, 0, 0.1, "share", "what is added when corrected");
        private final Parameter note = schema.number("note", 1, 0, 9, "points", "what is told");
        private final Parameter dead = schema.number("dead", 1, 0, 9, "points", "what nobody reads");
        private final StrategyDefinition definition = new StrategyDefinition(
                "probe",
                "Probe",
                "Buys every rising candle",
                "Test",
                StrategyDefinition.Direction.BUY,
                StrategyDefinition.ALL_TIMEFRAMES,
                1,
                schema);

        @Override
        public StrategyDefinition definition() {
            return definition;
        }

        @Override
        public Optional<Decision> evaluate(EvaluationContext context) {
            var close = context.close(context.newest());
            if (close <= context.open(context.newest())) {
                return Optional.empty();
            }
            var values = context.parameters();
            var added = context.isCorrected() ? values.number(bonus) : 0;
            var confidence = Math.min(values.number(cap), values.number(base) + added);
            var metadata = Map.<String, Object>of("note", values.number(note));
            return Optional.of(Decision.of(Action.BUY, confidence, close, 0.9 * close, 1.1 * close, metadata));
        }
    }
}
