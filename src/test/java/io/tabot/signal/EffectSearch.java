package io.tabot.signal;

import io.tabot.market.Symbol;
import io.tabot.signal.Sites.Site;
import io.tabot.strategy.Decision;
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
import java.util.function.BiPredicate;
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
    record Effect(Extent extent, Map<String, Object> others, Object from, Object to, Site site) {}

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

    Optional<Effect> find(Parameter parameter) {
        return alone(parameter, Extent.DECISION)
                .or(() -> jointly(parameter, Extent.DECISION))
                .or(() -> alone(parameter, Extent.METADATA))
                .or(() -> jointly(parameter, Extent.METADATA));
    }

    private Optional<Effect> alone(Parameter parameter, Extent extent) {
        var schema = strategy.definition().schema();
        var values = new AllowedParameters(schema, random(parameter))
                .candidates(parameter, VALUES).stream()
                        .filter(value -> AllowedParameters.isInOrder(schema, Map.of(parameter.name(), value)))
                        .toList();
        for (var site : sites) {
            context.begin(site.views(), site.timeframe(), ruleSet);
            var usual = decide(Map.of());
            for (var value : values) {
                if (differs(extent, usual, decide(Map.of(parameter.name(), value)))) {
                    var effect = new Effect(extent, Map.of(), parameter.defaultValue(), value, site);
                    if (reachesASignal(parameter, effect)) {
                        return Optional.of(effect);
                    }
                    context.begin(site.views(), site.timeframe(), ruleSet);
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Effect> jointly(Parameter parameter, Extent extent) {
        var random = random(parameter);
        var allowed = new AllowedParameters(strategy.definition().schema(), random);
        for (var trial = 0; trial < jointTrials; trial++) {
            var site = sites.get(random.nextInt(sites.size()));
            var others = allowed.some(OTHERS_MAX, parameter);
            var effect = new Effect(extent, others, parameter.defaultValue(), allowed.any(parameter), site);
            if (isInOrder(parameter, effect) && shows(parameter, effect) && reachesASignal(parameter, effect)) {
                return Optional.of(effect);
            }
        }
        return Optional.empty();
    }

    private boolean isInOrder(Parameter parameter, Effect effect) {
        return AllowedParameters.isInOrder(
                strategy.definition().schema(), with(effect.others(), parameter, effect.to()));
    }

    private boolean shows(Parameter parameter, Effect effect) {
        context.begin(effect.site().views(), effect.site().timeframe(), ruleSet);
        var before = decide(effect.others());
        var after = decide(with(effect.others(), parameter, effect.to()));
        return differs(effect.extent(), before, after);
    }

    private @Nullable Decision decide(Map<String, Object> overrides) {
        var definition = strategy.definition();
        context.use(definition, ParameterValues.of(definition.schema(), overrides));
        return strategy.evaluate(context).orElse(null);
    }

    /** The engine may reject a decision, or give it another stop loss. */
    private boolean reachesASignal(Parameter parameter, Effect effect) {
        var before = signal(effect.site(), effect.others());
        var after = signal(effect.site(), with(effect.others(), parameter, effect.to()));
        return effect.extent() == Extent.METADATA ? !Objects.equals(before, after) : !isSame(before, after);
    }

    private @Nullable Signal signal(Site site, Map<String, Object> overrides) {
        var config = Configs.only(strategy, ruleSet, overrides);
        return engine
                .evaluate(new Symbol("BTCUSDT"), site.timeframe(), site.views(), config, Rejections.IGNORED)
                .stream()
                .findFirst()
                .orElse(null);
    }

    private static boolean differs(Extent extent, @Nullable Decision before, @Nullable Decision after) {
        return extent == Extent.METADATA
                ? !Objects.equals(before, after)
                : !bothOrNeither(before, after, EffectSearch::isSameDecision);
    }

    private static boolean isSameDecision(Decision a, Decision b) {
        return a.action() == b.action()
                && Double.compare(a.confidence(), b.confidence()) == 0
                && Double.compare(a.price(), b.price()) == 0
                && Objects.equals(a.stopLoss(), b.stopLoss())
                && Objects.equals(a.takeProfit(), b.takeProfit());
    }

    private static boolean isSame(@Nullable Signal before, @Nullable Signal after) {
        return bothOrNeither(
                before,
                after,
                (a, b) -> a.action() == b.action()
                        && a.confidence() == b.confidence()
                        && a.price() == b.price()
                        && Objects.equals(a.stopLoss(), b.stopLoss())
                        && Objects.equals(a.takeProfit(), b.takeProfit()));
    }

    private static <T> boolean bothOrNeither(@Nullable T before, @Nullable T after, BiPredicate<T, T> same) {
        return before == null || after == null ? before == after : same.test(before, after);
    }

    private static Random random(Parameter parameter) {
        return new Random(Sites.SEED + parameter.name().hashCode());
    }

    private static Map<String, Object> with(Map<String, Object> others, Parameter parameter, Object value) {
        var values = new HashMap<>(others);
        values.put(parameter.name(), value);
        return values;
    }
}
