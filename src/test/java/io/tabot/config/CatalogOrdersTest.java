package io.tabot.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.config.ConfigCommand.ChangeOne;
import io.tabot.config.DocumentEdit.UpdateParameters;
import io.tabot.config.FieldError.Code;
import io.tabot.strategy.Parameter;
import io.tabot.strategy.ParameterSchema.Order;
import io.tabot.strategy.ParameterValues;
import io.tabot.strategy.StrategyDefinition;
import io.tabot.testing.Events;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule between two parameters of every strategy in the catalog, whichever of the two is set. */
class CatalogOrdersTest {
    record Rule(StrategyDefinition definition, Order order) {
        ParameterValues defaults() {
            return ParameterValues.defaults(definition.schema());
        }

        @Override
        public String toString() {
            return definition.id() + ": " + order.lesser().name() + " < "
                    + order.greater().name();
        }
    }

    static Stream<Rule> rules() {
        return Events.CATALOG.strategies().stream()
                .flatMap(strategy -> strategy.definition().schema().orders().stream()
                        .map(order -> new Rule(strategy.definition(), order)));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void theDefaultsKeepIt(Rule rule) {
        assertThat(rule.defaults().number(rule.order().lesser()))
                .isLessThan(rule.defaults().number(rule.order().greater()));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void theLesserMayNotReachTheGreater(Rule rule) {
        var lesser = rule.order().lesser();
        var greater = rule.order().greater();
        var meeting = Math.min(lesser.maximum(), rule.defaults().number(greater));
        var state = with(initialized(), rule, greater, meeting);

        refuses(state, rule, lesser, meeting);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void theGreaterMayNotFallToTheLesser(Rule rule) {
        var lesser = rule.order().lesser();
        var greater = rule.order().greater();
        var meeting = Math.max(greater.minimum(), rule.defaults().number(lesser));
        var state = with(initialized(), rule, lesser, meeting);

        refuses(state, rule, greater, meeting);
    }

    private static ConfigState initialized() {
        var command = Events.first();
        return ((Outcome.Accept) decide(ConfigState.empty("test"), command)).next();
    }

    /** With a value of one parameter that the other one can reach within its own bounds. */
    private static ConfigState with(ConfigState state, Rule rule, Parameter parameter, double value) {
        return switch (decide(state, setting(rule, parameter, value))) {
            case Outcome.Accept accept -> accept.next();
            case Outcome.Unchanged _ -> state;
            case Outcome other -> throw new AssertionError("can't be brought to the test: " + other);
        };
    }

    private static void refuses(ConfigState state, Rule rule, Parameter parameter, double value) {
        assertThat(decide(state, setting(rule, parameter, value)))
                .isInstanceOfSatisfying(
                        Outcome.Invalid.class,
                        invalid -> assertThat(invalid.errors())
                                .anySatisfy(error -> {
                                    assertThat(error.field())
                                            .isEqualTo(rule.order().lesser().name());
                                    assertThat(error.code()).isEqualTo(Code.CONFLICT);
                                    assertThat(error.message())
                                            .contains(rule.order().greater().name());
                                })
                                .allMatch(error -> error.code() == Code.CONFLICT));
    }

    private static ConfigCommand setting(Rule rule, Parameter parameter, double value) {
        var typed = parameter.type() == Parameter.Type.INTEGER ? (Object) (long) value : (Object) value;
        return new ChangeOne(
                new UpdateParameters(rule.definition().id(), null, Map.of(parameter.name(), typed), Precondition.NONE),
                ConfigSamples.OPS);
    }

    private static Outcome decide(ConfigState state, ConfigCommand command) {
        return Events.RULES.decide(state, command, List.of(), Events.START);
    }
}
