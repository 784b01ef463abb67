package io.tabot.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.config.ConfigCommand.ChangeOne;
import io.tabot.config.DocumentEdit.MoveLifecycle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LifecycleRulesTest {
    private static final String ID = "trend_follower";
    private static final DocumentKey KEY = DocumentKey.lifecycle(ID);

    /** The way to each stage that visits as few others as it can. */
    private static final Map<String, List<String>> WAYS = Map.of(
            "registered", List.of("registered"),
            "backtested", List.of("registered", "backtested"),
            "admitted", List.of("registered", "backtested", "admitted"),
            "live_trial", List.of("registered", "backtested", "admitted", "live_trial"),
            "graduated", List.of("registered", "backtested", "admitted", "live_trial", "graduated"),
            "demoted", List.of("registered", "backtested", "admitted", "demoted"),
            "retired", List.of("registered", "retired"));

    private static final Map<String, List<String>> ALLOWED = Map.of(
            "registered", List.of("backtested", "retired"),
            "backtested", List.of("admitted", "registered", "retired"),
            "admitted", List.of("live_trial", "demoted", "retired"),
            "live_trial", List.of("graduated", "demoted", "retired"),
            "graduated", List.of("demoted", "retired"),
            "demoted", List.of("admitted", "live_trial", "retired"),
            "retired", List.of("registered"));

    static Stream<String> stages() {
        return WAYS.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("stages")
    void takesTheStepsOfTheTableAndNoOther(String stage) {
        var state = ConfigSamples.initialized();
        for (var step : WAYS.get(stage)) {
            state = ConfigSamples.accept(state, move(step)).next();
        }

        for (var next : LifecycleState.IDS) {
            var outcome = ConfigSamples.decide(state, move(next));
            if (ALLOWED.get(stage).contains(next)) {
                assertThat(outcome).as("%s to %s", stage, next).isInstanceOf(Outcome.Accept.class);
            } else {
                var error = ConfigSamples.errors(outcome).getFirst();
                assertThat(error.code()).isEqualTo(FieldError.Code.INVALID_TRANSITION);
                assertThat(error.message()).startsWith("Invalid transition: " + stage + " -> " + next);
                assertThat(error.allowed().values()).containsExactlyElementsOf(ALLOWED.get(stage));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("stages")
    void everyLifeBeginsRegistered(String stage) {
        var outcome = ConfigSamples.decide(ConfigSamples.initialized(), move(stage));

        assertThat(outcome instanceof Outcome.Accept).isEqualTo(stage.equals("registered"));
    }

    @Test
    void theDocumentIsTheLastTransition() {
        var first = ConfigSamples.accept(ConfigSamples.initialized(), move("registered"));
        var command = new ChangeOne(
                new MoveLifecycle(ID, "backtested", "dec-1", "looks good", Precondition.NONE), ConfigSamples.OPS);
        var second = ConfigSamples.accept(first.next(), command);

        assertThat(Lifecycle.from(first.next().document(KEY).orElseThrow().value()))
                .isEqualTo(new Lifecycle(null, "registered", null, null));
        assertThat(Lifecycle.from(second.next().document(KEY).orElseThrow().value()))
                .isEqualTo(new Lifecycle("registered", "backtested", "dec-1", "looks good"));
        assertThat(second.next().versionOf(KEY)).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"registred, registered", "REGISTERED, registered", "dead, "})
    void anUnknownStateIsRefusedWithTheNearestOne(String to, String suggestion) {
        var error = ConfigSamples.errors(ConfigSamples.initialized(), move(to)).getFirst();

        assertThat(error.code()).isEqualTo(FieldError.Code.INVALID_VALUE);
        assertThat(error.message()).startsWith("Unknown lifecycle state: '" + to + "'");
        assertThat(error.suggestedValue()).isEqualTo(suggestion);
    }

    @Test
    void refusesAnUnknownStrategyAndTextsThatAreNone() {
        var unknown = new MoveLifecycle("nobody", "registered", null, null, Precondition.NONE);
        var texts = new MoveLifecycle(ID, "registered", "a\u0000b", "x".repeat(10_001), Precondition.NONE);

        assertThat(ConfigSamples.decide(ConfigSamples.initialized(), new ChangeOne(unknown, ConfigSamples.OPS)))
                .isInstanceOf(Outcome.Unknown.class);
        assertThat(ConfigSamples.errors(ConfigSamples.initialized(), new ChangeOne(texts, ConfigSamples.OPS)))
                .extracting(FieldError::field)
                .containsExactly("decision_id", "reasoning_context");
    }

    @Test
    void goingBackLeavesLivesAloneAndUndoesWhatWasBeforeThem() {
        var history = new ArrayList<ConfigEvent>();
        var state = ConfigState.empty(ConfigSamples.ENVIRONMENT);
        for (var command : List.of(
                new ConfigCommand.Initialize(
                        new WholeConfig(Map.of(), Map.of()), ConfigSamples.DEFAULTS, ConfigSamples.OPS),
                ConfigSamples.application("max_positions", 7),
                move("registered"),
                move("backtested"))) {
            var accept = ConfigSamples.accept(state, command);
            history.add(accept.event());
            state = accept.next();
        }

        var previous = rollback(state, history, null, new RollbackTarget.Previous());
        var toTransition = rollback(state, history, null, new RollbackTarget.AuditItem("staging-3"));
        var ofLife = rollback(state, history, KEY, new RollbackTarget.Previous());

        assertThat(previous).isInstanceOfSatisfying(Outcome.Accept.class, accept -> {
            assertThat(accept.next().application().maxPositions()).isEqualTo(10);
            assertThat(accept.next().versionOf(KEY)).isEqualTo(2);
        });
        assertThat(toTransition).isInstanceOf(Outcome.Unchanged.class);
        assertThat(ConfigSamples.errors(ofLife)).extracting(FieldError::code).containsExactly(FieldError.Code.CONFLICT);
    }

    private static Outcome rollback(
            ConfigState state, List<ConfigEvent> history, DocumentKey scope, RollbackTarget target) {
        return ConfigSamples.RULES.decide(state, ConfigSamples.rollback(scope, target), history, ConfigSamples.NOW);
    }

    private static ConfigCommand move(String to) {
        return new ChangeOne(new MoveLifecycle(ID, to, null, null, Precondition.NONE), ConfigSamples.OPS);
    }
}
