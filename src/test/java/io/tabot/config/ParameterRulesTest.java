package io.tabot.config;

import static io.tabot.config.ConfigSamples.accept;
import static io.tabot.config.ConfigSamples.decide;
import static io.tabot.config.ConfigSamples.errors;
import static io.tabot.config.ConfigSamples.initialized;
import static io.tabot.config.ConfigSamples.parameters;
import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.config.FieldError.Code;
import io.tabot.config.Outcome.Unknown.What;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParameterRulesTest {
    private static final String TREND = "trend_follower";

    private final ConfigState state = initialized();

    static Stream<Arguments> wrongParameters() {
        return Stream.of(
                wrong("fast_period", 14.0, Code.INVALID_TYPE, "fast_period must be an integer, got 14.0", 14L),
                wrong("fast_period", "14", Code.INVALID_TYPE, "fast_period must be an integer, got '14'", 14L),
                wrong("fast_period", "1", Code.INVALID_TYPE, "fast_period must be an integer", 2L),
                wrong("fast_period", true, Code.INVALID_TYPE, "fast_period must be an integer, got true", null),
                wrong("fast_period", List.of(14), Code.INVALID_TYPE, "fast_period must be an integer", null),
                wrong("fast_period", Double.NaN, Code.INVALID_TYPE, "fast_period must be an integer", null),
                wrong("fast_period", 1, Code.OUT_OF_RANGE, "fast_period must be >= 2, got 1", 2L),
                wrong("slow_period", 201, Code.OUT_OF_RANGE, "slow_period must be <= 200, got 201", 200L),
                wrong("threshold", "12.5", Code.INVALID_TYPE, "threshold must be a number, got '12.5'", 12.5),
                wrong("threshold", false, Code.INVALID_TYPE, "threshold must be a number, got false", null),
                wrong("threshold", Double.NaN, Code.INVALID_TYPE, "threshold must be a number, got NaN", null),
                wrong("threshold", Double.NEGATIVE_INFINITY, Code.INVALID_TYPE, "threshold must be a number", null),
                wrong("threshold", 0.4, Code.OUT_OF_RANGE, "threshold must be >= 0.5, got 0.4", 0.5),
                wrong("threshold", 61, Code.OUT_OF_RANGE, "threshold must be <= 60.0, got 61", 60.0),
                wrong("enabled", "false", Code.INVALID_TYPE, "enabled must be a boolean, got 'false'", false),
                wrong("enabled", 1, Code.INVALID_TYPE, "enabled must be a boolean, got 1", true),
                wrong("fast_perod", 9, Code.UNKNOWN_PARAMETER, "Unknown parameter: fast_perod", "fast_period"),
                wrong("colour", 9, Code.UNKNOWN_PARAMETER, "Unknown parameter: colour", null),
                wrong("colour", null, Code.UNKNOWN_PARAMETER, "Unknown parameter: colour", null),
                wrong(
                        "fast_period",
                        26,
                        Code.CONFLICT,
                        "fast_period must be less than slow_period, got 26 and 26",
                        null));
    }

    private static Arguments wrong(String name, Object value, Code code, String text, Object suggestion) {
        return Arguments.of(name, value, code, text, suggestion);
    }

    @ParameterizedTest(name = "{0} = {1}")
    @MethodSource("wrongParameters")
    void refusesAWrongParameter(String name, Object value, Code code, String text, Object suggestion) {
        assertThat(errors(state, parameters(TREND, null, Collections.singletonMap(name, value))))
                .singleElement()
                .satisfies(error -> {
                    assertThat(error.field()).isEqualTo(name);
                    assertThat(error.code()).isEqualTo(code);
                    assertThat(error.message()).startsWith(text);
                    assertThat(error.suggestedValue()).isEqualTo(suggestion);
                });
    }

    @ParameterizedTest(name = "{0} = {1}")
    @MethodSource("wrongParameters")
    void suggestsOnlyWhatThenIsAccepted(String name, Object value, Code code, String text, Object fix) {
        if (fix != null) {
            var fixed = code == Code.UNKNOWN_PARAMETER ? Map.of((String) fix, value) : Map.of(name, fix);
            assertThat(decide(state, parameters(TREND, null, fixed))).isInstanceOf(Outcome.Accept.class);
        }
    }

    @Test
    void saysWhatWouldBeAllowed() {
        var error = errors(state, parameters(TREND, null, Map.of("fast_period", 500)))
                .getFirst();

        assertThat(error.allowed()).isEqualTo(FieldError.Allowed.range(2L, 100L));
    }

    @Test
    void findsEverythingThatIsWrong() {
        var wrong = new LinkedHashMap<String, Object>();
        wrong.put("fast_period", 1);
        wrong.put("slow_period", "x");
        wrong.put("colour", 1);

        assertThat(errors(state, parameters(TREND, null, wrong)))
                .extracting(FieldError::field)
                .containsExactly("fast_period", "slow_period", "colour");
    }

    @Test
    void takesValuesOnTheirBounds() {
        var bounds = Map.of("fast_period", 2, "slow_period", 200, "threshold", 60.0);

        assertThat(decide(state, parameters(TREND, null, bounds))).isInstanceOf(Outcome.Accept.class);
    }

    @Test
    void mergesPerKeyAndTakesOutNull() {
        var first = accept(state, parameters(TREND, null, Map.of("fast_period", 5, "threshold", 30)))
                .next();
        var second = new LinkedHashMap<String, Object>();
        second.put("threshold", null);
        second.put("slow_period", 40);
        second.put("enabled", null);

        var next = accept(first, parameters(TREND, null, second)).next();

        assertThat(next.document(DocumentKey.strategy(TREND))
                        .orElseThrow()
                        .value()
                        .fields())
                .containsOnly(Map.entry("fast_period", 5L), Map.entry("slow_period", 40L));
    }

    @Test
    void knowsNoStrategyOfThatName() {
        assertThat(decide(state, parameters("trend_folower", null, Map.of())))
                .isInstanceOfSatisfying(Outcome.Unknown.class, unknown -> {
                    assertThat(unknown.what()).isEqualTo(What.STRATEGY);
                    assertThat(unknown.suggestion()).isEqualTo("trend_follower");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"btcusdt", "A/B", "", "../BTCUSDT", "BTCUSDT\n", "BTCEUR", "x y"})
    void refusesAnOverrideForAWrongSymbol(String symbol) {
        assertThat(errors(state, parameters(TREND, symbol, Map.of("fast_period", 5))))
                .extracting(FieldError::field)
                .containsOnly("symbol");
    }

    @Test
    void judgesOrdersOnEffectiveValues() {
        var global = accept(state, parameters(TREND, null, Map.of("slow_period", 50)))
                .next();

        assertThat(decide(global, parameters(TREND, "BTCUSDT", Map.of("fast_period", 49))))
                .isInstanceOf(Outcome.Accept.class);
        assertThat(errors(global, parameters(TREND, "BTCUSDT", Map.of("fast_period", 50))))
                .extracting(FieldError::message)
                .containsExactly("fast_period must be less than slow_period, got 50 and 50 for BTCUSDT");
    }

    @Test
    void refusesAGlobalChangeThatBreaksAnOverrideNamingItsSymbol() {
        var override = accept(state, parameters(TREND, "ETHUSDT", Map.of("fast_period", 25)))
                .next();

        assertThat(errors(override, parameters(TREND, null, Map.of("slow_period", 20))))
                .extracting(FieldError::message)
                .containsExactly("fast_period must be less than slow_period, got 25 and 20 for ETHUSDT");
    }

    @Test
    void refusesADeleteThatBreaksAnOverride() {
        var global = accept(state, parameters(TREND, null, Map.of("slow_period", 100)))
                .next();
        var override = accept(global, parameters(TREND, "ETHUSDT", Map.of("fast_period", 60)))
                .next();

        assertThat(errors(override, ConfigSamples.delete(TREND, null)))
                .extracting(FieldError::code)
                .containsExactly(Code.CONFLICT);
    }

    @Test
    void silencesAStrategyThatAnotherBuildLeftOutOfOrder() {
        var broken = new Document(Map.of("fast_period", 90L, "slow_period", 20L));
        var event = new ConfigEvent(
                2,
                ConfigSamples.NOW,
                "old build",
                null,
                ChangeMeta.Through.API,
                null,
                null,
                List.of(new ConfigEvent.Change(DocumentKey.strategy(TREND), null, broken)),
                null,
                state.headHash(),
                "");

        assertThat(decide(state.apply(event), parameters(TREND, null, Map.of("enabled", false))))
                .isInstanceOf(Outcome.Accept.class);
    }

    @Test
    void bringsNoLayerIntoBeingBySettingNothing() {
        assertThat(decide(state, parameters(TREND, "BTCUSDT", Map.of()))).isInstanceOf(Outcome.Unchanged.class);
    }
}
