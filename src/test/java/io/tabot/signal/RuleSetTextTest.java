package io.tabot.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.http.RuleText;
import io.tabot.market.Symbol;
import io.tabot.signal.Sites.Site;
import io.tabot.strategy.Decision.Action;
import io.tabot.strategy.RuleSet;
import io.tabot.strategy.Strategy;
import io.tabot.testing.AllowedParameters;
import io.tabot.testing.Configs;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The text of a rule tells of rule set corrected exactly if the rule does something else there. */
class RuleSetTextTest {
    private static final double TOLERANCE = 1e-9;
    private static final String NAMED = "nder `corrected`";

    private final SignalEngine engine = new SignalEngine("test");

    static Stream<Strategy> strategies() {
        return Configs.CATALOG.strategies().stream();
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void tellsOfAnotherBehaviourAndOfNoneThatIsNot(Strategy strategy) {
        assertThat(RuleText.of(strategy.definition().id()).contains(NAMED)).isEqualTo(differs(strategy));
    }

    private boolean differs(Strategy strategy) {
        var random = new Random(Sites.SEED);
        var schema = strategy.definition().schema();
        var allowed = new AllowedParameters(schema, random);
        return Stream.of(RuleSet.values())
                .flatMap(ruleSet -> Sites.standard().of(strategy, ruleSet).stream())
                .anyMatch(site -> differs(strategy, site, Map.of())
                        || differs(strategy, site, allowed.some(3, schema.enabled())));
    }

    private boolean differs(Strategy strategy, Site site, Map<String, Object> parameters) {
        var python = signal(strategy, RuleSet.PYTHON, site, parameters);
        // What the engine does to risk on the wrong side it does for every strategy.
        if (python != null && !isOnRightSides(python)) {
            return false;
        }
        var corrected = signal(strategy, RuleSet.CORRECTED, site, parameters);
        return python == null || corrected == null ? python != corrected : !isSame(python, corrected);
    }

    private @Nullable Signal signal(Strategy strategy, RuleSet ruleSet, Site site, Map<String, Object> parameters) {
        var config = Configs.only(strategy, ruleSet, parameters);
        return engine
                .evaluate(new Symbol("BTCUSDT"), site.timeframe(), site.views(), config, Rejections.IGNORED)
                .stream()
                .findFirst()
                .orElse(null);
    }

    private static boolean isOnRightSides(Signal signal) {
        var sign = signal.action() == Action.BUY ? 1 : -1;
        return signal.action() == Action.HOLD
                || sign * signal.stopLoss() < sign * signal.price()
                        && sign * signal.price() < sign * signal.takeProfit();
    }

    private static boolean isSame(Signal python, Signal corrected) {
        var metadata = new HashMap<>(python.metadata());
        metadata.put("rule_set", corrected.metadata().get("rule_set"));
        return python.action() == corrected.action()
                && python.strength() == corrected.strength()
                && python.orderType() == corrected.orderType()
                && isClose(python.confidence(), corrected.confidence())
                && isClose(python.stopLoss(), corrected.stopLoss())
                && isClose(python.takeProfit(), corrected.takeProfit())
                && metadata.keySet().equals(corrected.metadata().keySet())
                && metadata.entrySet().stream()
                        .allMatch(entry ->
                                isClose(entry.getValue(), corrected.metadata().get(entry.getKey())));
    }

    /** Candles without range give a true range of nearly, or of exactly, nothing. */
    private static boolean isClose(@Nullable Object a, @Nullable Object b) {
        return a instanceof Double x && b instanceof Double y
                ? Math.abs(x - y) <= TOLERANCE * Math.max(1, Math.abs(x))
                : Objects.equals(a, b);
    }
}
