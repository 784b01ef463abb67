package io.tabot.signal;

import io.tabot.market.Symbol;
import io.tabot.signal.Sites.Site;
import io.tabot.strategy.Decision;
import io.tabot.strategy.Decision.Action;
import io.tabot.strategy.EvaluationContext;
import io.tabot.strategy.Parameter;
import io.tabot.strategy.ParameterValues;
import io.tabot.strategy.RuleSet;
import io.tabot.strategy.Strategy;
import io.tabot.testing.AllowedParameters;
import io.tabot.testing.Configs;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Looks for a value of one parameter that changes a signal: first on its own, then together with other values of
 * other parameters, since a cap matters only once something reaches it. Bounded, and the same for the same seed.
 */
final class EffectSearch {
    private static final int VALUES = 8;
    private static final int OTHERS_MAX = 4;

    /** What a change of a parameter changes. */
    enum Extent {
        /** Whether the strategy fires, or what the signal tells to do. */
        DECISION,
        /** Only the explanation that comes with a signal. */
        METADATA
    }

    /** @param others values of other parameters that it takes for the effect to show */
    record Effect(Extent extent, Map<String, Object> others, Object value, Site site) {}

    /** What a signal tells to do. */
    private record Order(
            Action action,
            double confidence,
            double price,
            @Nullable Double stopLoss,
            @Nullable Double takeProfit) {
        static Order of(Signal signal) {
            return new Order(
                    signal.action(), signal.confidence(), signal.price(), signal.stopLoss(), signal.takeProfit());
        }
    }

    private final Strategy strategy;
    private final RuleSet ruleSet;
    private final List<Site> sites;
    private final int jointTrials;
    private final EvaluationContext context = new EvaluationContext();
    private final SignalEngine engine = new SignalEngine("test");

    EffectSearch(Strategy strategy, RuleSet ruleSet, Sites sites, int jointTrials) {
        this.strategy = strategy;
        this.ruleSet = ruleSet;
        this.sites = sites.of(strategy, ruleSet);
        this.jointTrials = jointTrials;
    }

    /** An effect on the decision if it finds one, else one on the metadata. */
    Optional<Effect> find(Parameter parameter) {
        var alone = alone(parameter);
        if (alone != null && alone.extent() == Extent.DECISION) {
            return Optional.of(alone);
        }
        var joint = jointly(parameter);
        return Optional.ofNullable(
                joint != null && (alone == null || joint.extent() == Extent.DECISION) ? joint : alone);
    }

    private @Nullable Effect alone(Parameter parameter) {
        var schema = strategy.definition().schema();
        var values = new AllowedParameters(schema, random(parameter))
                .candidates(parameter, VALUES).stream()
                        .filter(value -> AllowedParameters.isInOrder(schema, Map.of(parameter.name(), value)))
                        .toList();
        Effect found = null;
        for (var site : sites) {
            context.begin(site.views(), site.timeframe(), ruleSet);
            var usual = decide(Map.of());
            for (var value : values) {
                var effect = effect(usual, parameter, Map.of(), value, site);
                if (effect != null && effect.extent() == Extent.DECISION) {
                    return effect;
                }
                found = found == null ? effect : found;
            }
        }
        return found;
    }

    private @Nullable Effect jointly(Parameter parameter) {
        var schema = strategy.definition().schema();
        var random = random(parameter);
        var allowed = new AllowedParameters(schema, random);
        Effect found = null;
        for (var trial = 0; trial < jointTrials; trial++) {
            var site = sites.get(random.nextInt(sites.size()));
            var others = allowed.some(OTHERS_MAX, parameter);
            var value = allowed.any(parameter);
            if (AllowedParameters.isInOrder(schema, with(others, parameter, value))) {
                context.begin(site.views(), site.timeframe(), ruleSet);
                var effect = effect(decide(others), parameter, others, value, site);
                if (effect != null && effect.extent() == Extent.DECISION) {
                    return effect;
                }
                found = found == null ? effect : found;
            }
        }
        return found;
    }

    private static Random random(Parameter parameter) {
        return new Random(Sites.SEED + parameter.name().hashCode());
    }

    /** @param usual the decision without the value, on the site that the context is turned to */
    private @Nullable Effect effect(
            @Nullable Decision usual, Parameter parameter, Map<String, Object> others, Object value, Site site) {
        var changed = with(others, parameter, value);
        if (Objects.equals(usual, decide(changed))) {
            return null;
        }
        // The engine may reject a decision, or give it another stop loss.
        var extent = extent(signal(site, others), signal(site, changed));
        return extent == null ? null : new Effect(extent, others, value, site);
    }

    private @Nullable Decision decide(Map<String, Object> overrides) {
        var definition = strategy.definition();
        context.use(definition, ParameterValues.of(definition.schema(), overrides));
        return strategy.evaluate(context).orElse(null);
    }

    private @Nullable Signal signal(Site site, Map<String, Object> overrides) {
        var config = Configs.only(strategy, ruleSet, overrides);
        return engine
                .evaluate(new Symbol("BTCUSDT"), site.timeframe(), site.views(), config, Rejections.IGNORED)
                .stream()
                .findFirst()
                .orElse(null);
    }

    private static @Nullable Extent extent(@Nullable Signal before, @Nullable Signal after) {
        if (Objects.equals(before, after)) {
            return null;
        }
        var isSameOrder = before != null && after != null && Order.of(before).equals(Order.of(after));
        return isSameOrder ? Extent.METADATA : Extent.DECISION;
    }

    private static Map<String, Object> with(Map<String, Object> others, Parameter parameter, Object value) {
        var values = new HashMap<>(others);
        values.put(parameter.name(), value);
        return values;
    }
}
