package io.tabot.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.signal.EffectSearch.Effect;
import io.tabot.signal.EffectSearch.Extent;
import io.tabot.strategy.RuleSet;
import io.tabot.strategy.Strategy;
import io.tabot.testing.Configs;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No parameter without effect: for each one, a bounded and seeded search over recorded and generated windows finds a
 * value within its bounds that changes a signal, under every rule set that its schema names and under no other.
 * {@code enabled} is not here: the configuration leaves the strategy out.
 */
class ParameterEffectTest {
    private static final int JOINT_TRIALS = 6000;
    private static final Sites SITES = Sites.standard();
    private static final Map<String, EffectSearch> SEARCHES = new HashMap<>();
    private static final Map<String, Integer> SUMMARY = new TreeMap<>();

    /** What explains a signal and changes nothing about it. */
    private static final Set<String> EXPLAINING = Set.of();

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("parameters")
    void everyParameterChangesASignalWhereItsSchemaSays(String strategyId, String name) {
        var strategy = Configs.CATALOG.find(strategyId).orElseThrow();
        var schema = strategy.definition().schema();
        var parameter = schema.find(name).orElseThrow();

        var effects = new EnumMap<RuleSet, Effect>(RuleSet.class);
        for (var ruleSet : RuleSet.values()) {
            search(strategy, ruleSet).find(parameter).ifPresent(effect -> effects.put(ruleSet, effect));
        }

        count(effects);
        assertThat(effects.keySet())
                .as("rule sets under which %s has an effect (seed %d): %s", name, Sites.SEED, effects)
                .containsExactlyElementsOf(schema.ruleSets(parameter));
        assertThat(effects.values())
                .as("%s of %s", name, strategyId)
                .allMatch(effect -> effect.extent() == Extent.DECISION || EXPLAINING.contains(strategyId + " " + name));
    }

    static Stream<Object[]> parameters() {
        return Configs.CATALOG.strategies().stream()
                .map(Strategy::definition)
                .flatMap(definition -> definition.schema().parameters().stream()
                        .filter(parameter ->
                                !parameter.equals(definition.schema().enabled()))
                        .map(parameter -> new Object[] {definition.id(), parameter.name()}));
    }

    @AfterAll
    static void tellWhatWasFound() {
        System.out.printf("%d windows, seed %d%n", SITES.count(), Sites.SEED);
        SUMMARY.forEach((what, count) -> System.out.printf("%4d parameters: %s%n", count, what));
    }

    private static void count(Map<RuleSet, Effect> effects) {
        SUMMARY.merge("all", 1, Integer::sum);
        SUMMARY.merge("with an effect under " + effects.keySet(), 1, Integer::sum);
        var joint = effects.values().stream()
                .filter(effect -> !effect.others().isEmpty())
                .count();
        if (joint > 0) {
            SUMMARY.merge("with an effect only along with other values of others", 1, Integer::sum);
        }
        if (effects.values().stream().anyMatch(effect -> effect.extent() == Extent.METADATA)) {
            SUMMARY.merge("that only explain", 1, Integer::sum);
        }
    }

    /** One strategy after the other: its windows are needed no longer when the next one comes. */
    private static EffectSearch search(Strategy strategy, RuleSet ruleSet) {
        return SEARCHES.computeIfAbsent(
                strategy.definition().id() + ruleSet, key -> new EffectSearch(strategy, ruleSet, SITES, JOINT_TRIALS));
    }
}
