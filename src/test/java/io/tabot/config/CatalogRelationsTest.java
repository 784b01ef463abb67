package io.tabot.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.config.ConfigCommand.ChangeOne;
import io.tabot.config.DocumentEdit.UpdateParameters;
import io.tabot.config.FieldError.Code;
import io.tabot.strategy.Parameter;
import io.tabot.strategy.ParameterRule;
import io.tabot.strategy.ParameterRule.Below;
import io.tabot.strategy.ParameterRule.FitsWindow;
import io.tabot.strategy.ParameterRule.NotAbove;
import io.tabot.strategy.ParameterValues;
import io.tabot.strategy.StrategyDefinition;
import io.tabot.testing.AllowedParameters;
import io.tabot.testing.Events;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule between two parameters of every strategy in the catalog, whichever of the two is set last. */
class CatalogRelationsTest {
    /** Values that break a rule together, each of them allowed by itself. */
    record Breach(double first, double second) {}

    record Rule(StrategyDefinition definition, ParameterRule relation) {
        ParameterValues defaults() {
            return ParameterValues.defaults(definition.schema());
        }

        /** With a value of the second that the first can go beyond within its own bounds. */
        Breach byTheFirst() {
            var first = relation.first();
            var usual = defaults().number(relation.second());
            return switch (relation) {
                case Below _ -> new Breach(Math.min(first.maximum(), usual), Math.min(first.maximum(), usual));
                case NotAbove _ -> new Breach(usual + 1, usual);
                case FitsWindow fits -> oneCandleTooMany(fits);
            };
        }

        /** With a value of the first that the second can go beyond within its own bounds. */
        Breach byTheSecond() {
            var second = relation.second();
            var usual = defaults().number(relation.first());
            return switch (relation) {
                case Below _ -> new Breach(Math.max(second.minimum(), usual), Math.max(second.minimum(), usual));
                case NotAbove _ -> new Breach(usual, usual - 1);
                case FitsWindow fits -> oneCandleTooMany(fits);
            };
        }

        private static Breach oneCandleTooMany(FitsWindow fits) {
            var lookback = fits.second().maximum();
            return new Breach(fits.candles() + 1 - lookback, lookback);
        }

        @Override
        public String toString() {
            return definition.id() + ": " + relation.text();
        }
    }

    static Stream<Rule> rules() {
        return Events.CATALOG.strategies().stream()
                .flatMap(strategy -> strategy.definition().schema().rules().stream()
                        .map(relation -> new Rule(strategy.definition(), relation)));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void theDefaultsKeepIt(Rule rule) {
        assertThat(rule.relation().holds(rule.defaults())).isTrue();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void theFirstMayNotBreakIt(Rule rule) {
        var breach = rule.byTheFirst();
        var state = with(initialized(), rule, rule.relation().second(), breach.second());

        refuses(state, rule, rule.relation().first(), breach.first());
    }

    @ParameterizedTest
    @MethodSource("rules")
    void theSecondMayNotBreakIt(Rule rule) {
        var breach = rule.byTheSecond();
        var state = with(initialized(), rule, rule.relation().first(), breach.first());

        refuses(state, rule, rule.relation().second(), breach.second());
    }

    static Stream<Rule> rulesOfWholeNumbers() {
        return rules().filter(rule -> rule.relation().first().type() == Parameter.Type.INTEGER);
    }

    @ParameterizedTest
    @MethodSource("rulesOfWholeNumbers")
    void theFirstMayGoAsFarAsItKeepsIt(Rule rule) {
        var schema = rule.definition().schema();
        var highest = AllowedParameters.highest(schema, rule.relation().first());

        assertThat(decide(initialized(), setting(rule, highest))).isInstanceOf(Outcome.Accept.class);
    }

    private static ConfigState initialized() {
        var command = Events.first();
        return ((Outcome.Accept) decide(ConfigState.empty("test"), command)).next();
    }

    /** With a value of one parameter that the other one can reach within its own bounds. */
    private static ConfigState with(ConfigState state, Rule rule, Parameter parameter, double value) {
        return switch (decide(state, setting(rule, reaching(rule, parameter, value)))) {
            case Outcome.Accept accept -> accept.next();
            case Outcome.Unchanged _ -> state;
            case Outcome other -> throw new AssertionError("can't be brought to the test: " + other);
        };
    }

    private static void refuses(ConfigState state, Rule rule, Parameter parameter, double value) {
        assertThat(decide(state, setting(rule, Map.of(parameter.name(), value))))
                .isInstanceOfSatisfying(
                        Outcome.Invalid.class,
                        invalid -> assertThat(invalid.errors())
                                .anySatisfy(error -> {
                                    assertThat(error.field())
                                            .isEqualTo(rule.relation().first().name());
                                    assertThat(error.code()).isEqualTo(Code.CONFLICT);
                                    assertThat(error.message())
                                            .contains(rule.relation().text());
                                })
                                .allMatch(error -> error.code() == Code.CONFLICT));
    }

    private static Map<String, Object> reaching(Rule rule, Parameter parameter, double value) {
        return AllowedParameters.reaching(rule.definition().schema(), parameter, value);
    }

    private static ConfigCommand setting(Rule rule, Map<String, ?> values) {
        var schema = rule.definition().schema();
        var typed = new HashMap<String, Object>();
        values.forEach((name, value) -> {
            var number = ((Number) value).doubleValue();
            var isWhole = schema.find(name).orElseThrow().type() == Parameter.Type.INTEGER;
            typed.put(name, isWhole ? (Object) (long) number : (Object) number);
        });
        return new ChangeOne(
                new UpdateParameters(rule.definition().id(), null, typed, Precondition.NONE), ConfigSamples.OPS);
    }

    private static Outcome decide(ConfigState state, ConfigCommand command) {
        return Events.RULES.decide(state, command, List.of(), Events.START);
    }
}
