package io.tabot.config;

import static io.tabot.config.ConfigSamples.accept;
import static io.tabot.config.ConfigSamples.application;
import static io.tabot.config.ConfigSamples.decide;
import static io.tabot.config.ConfigSamples.errors;
import static io.tabot.config.ConfigSamples.initialized;
import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.config.FieldError.Code;
import io.tabot.strategy.RuleSet;
import java.util.ArrayList;
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

class ApplicationRulesTest {
    private final ConfigState state = initialized();

    /** Field, value, where the error is, its code, a part of its text, the suggestion. */
    static Stream<Arguments> wrongFields() {
        return Stream.of(
                        wrongEnabledStrategies(),
                        wrongSymbols(),
                        wrongSymbolNames(),
                        wrongCandlePeriods(),
                        wrongMinConfidence(),
                        wrongMaxConfidence(),
                        wrongMaxPositions(),
                        wrongPositionSizes(),
                        wrongRuleSet(),
                        wrongPaused(),
                        wrongMaxPosition(),
                        wrongVersion())
                .flatMap(fields -> fields);
    }

    private static Stream<Arguments> wrongEnabledStrategies() {
        return Stream.of(
                wrong(
                        "enabled_strategies",
                        "trend_follower",
                        "",
                        Code.INVALID_TYPE,
                        "must be a list",
                        List.of("trend_follower")),
                wrong("enabled_strategies", 3, "", Code.INVALID_TYPE, "must be a list", null),
                wrong("enabled_strategies", List.of(7), "[0]", Code.INVALID_TYPE, "must be a string, got 7", null),
                wrong(
                        "enabled_strategies",
                        List.of("trend_folower"),
                        "[0]",
                        Code.UNKNOWN_STRATEGY,
                        "Unknown strategy: 'trend_folower'",
                        "trend_follower"),
                wrong(
                        "enabled_strategies",
                        List.of("quiet_market", "quiet_markt"),
                        "[1]",
                        Code.UNKNOWN_STRATEGY,
                        "quiet_market, rsi_reversal, trend_follower",
                        null),
                wrong(
                        "enabled_strategies",
                        List.of("quiet_market", "quiet_market"),
                        "",
                        Code.DUPLICATE,
                        "duplicate",
                        List.of("quiet_market")));
    }

    private static Stream<Arguments> wrongSymbols() {
        return Stream.of(
                wrong("symbols", "BTCUSDT", "", Code.INVALID_TYPE, "must be a list", List.of("BTCUSDT")),
                wrong("symbols", Map.of(), "", Code.INVALID_TYPE, "must be a list", null),
                wrong("symbols", List.of(), "", Code.EMPTY, "at least one trading symbol", null),
                wrong("symbols", List.of("BTCUSDT", "BTCUSDT"), "", Code.DUPLICATE, "duplicate", List.of("BTCUSDT")),
                wrong("symbols", List.of(1), "[0]", Code.INVALID_TYPE, "must be a string, got 1", null),
                wrong("symbols", List.of(List.of("BTCUSDT")), "[0]", Code.INVALID_TYPE, "must be a string", null),
                wrong(
                        "symbols",
                        Collections.singletonList(null),
                        "[0]",
                        Code.INVALID_TYPE,
                        "must be a string, got null",
                        null),
                wrong(
                        "symbols",
                        List.of("BTCUSDT", "ethusdt"),
                        "[1]",
                        Code.INVALID_FORMAT,
                        "must be uppercase: 'ethusdt'",
                        "ETHUSDT"),
                wrong(
                        "symbols",
                        List.of("BTCEUR"),
                        "[0]",
                        Code.INVALID_FORMAT,
                        "Invalid symbol format: 'BTCEUR'",
                        null));
    }

    private static Stream<Arguments> wrongSymbolNames() {
        return Stream.of(
                wrong("symbols", List.of("BTCUSDT\n"), "[0]", Code.INVALID_FORMAT, "Invalid symbol format", "BTCUSDT"),
                wrong("symbols", List.of(" BTCUSDT"), "[0]", Code.INVALID_FORMAT, "Invalid symbol format", "BTCUSDT"),
                wrong("symbols", List.of("BTC/USDT"), "[0]", Code.INVALID_FORMAT, "e.g. BTCUSDT", "BTCUSDT"),
                wrong("symbols", List.of("ВTCUSDT"), "[0]", Code.INVALID_FORMAT, "Invalid symbol format", "TCUSDT"),
                wrong(
                        "symbols",
                        List.of("USDTUSDT", "ABCDEFGHIJKLMNOPQUSDT"),
                        "[1]",
                        Code.OUT_OF_RANGE,
                        "5-20 characters",
                        null),
                wrong("symbols", List.of("ABTC"), "[0]", Code.OUT_OF_RANGE, "5-20 characters", null));
    }

    private static Stream<Arguments> wrongCandlePeriods() {
        return Stream.of(
                wrong("candle_periods", "4h", "", Code.INVALID_TYPE, "must be a list", List.of("4h")),
                wrong("candle_periods", List.of(), "", Code.EMPTY, "at least one timeframe", null),
                wrong(
                        "candle_periods",
                        List.of("4h", "1d", "4h"),
                        "",
                        Code.DUPLICATE,
                        "duplicate",
                        List.of("4h", "1d")),
                wrong("candle_periods", List.of(4), "[0]", Code.INVALID_TYPE, "must be a string, got 4", null),
                wrong(
                        "candle_periods",
                        List.of("7m"),
                        "[0]",
                        Code.INVALID_VALUE,
                        "Invalid timeframe: '7m'. Valid timeframes: 1m, 3m",
                        null),
                wrong("candle_periods", List.of("4H"), "[0]", Code.INVALID_VALUE, "Invalid timeframe: '4H'", "4h"));
    }

    private static Stream<Arguments> wrongMinConfidence() {
        return Stream.of(
                wrong("min_confidence", "0.7", "", Code.INVALID_TYPE, "must be a number, got '0.7'", 0.7),
                wrong("min_confidence", "NaN", "", Code.INVALID_TYPE, "must be a number", null),
                wrong("min_confidence", true, "", Code.INVALID_TYPE, "must be a number, got true", null),
                wrong("min_confidence", Double.NaN, "", Code.INVALID_TYPE, "must be a number, got NaN", null),
                wrong("min_confidence", -0.1, "", Code.OUT_OF_RANGE, "between 0.0 and 1.0, got -0.1", 0.0),
                wrong("min_confidence", 0.95, "", Code.CONFLICT, "must be less than", null));
    }

    private static Stream<Arguments> wrongMaxConfidence() {
        return Stream.of(
                wrong(
                        "max_confidence",
                        Double.POSITIVE_INFINITY,
                        "",
                        Code.INVALID_TYPE,
                        "must be a number, got Infinity",
                        null),
                wrong("max_confidence", 2, "", Code.OUT_OF_RANGE, "between 0.0 and 1.0, got 2", 1.0));
    }

    private static Stream<Arguments> wrongMaxPositions() {
        return Stream.of(
                wrong("max_positions", true, "", Code.INVALID_TYPE, "must be an integer, got true", null),
                wrong("max_positions", "7", "", Code.INVALID_TYPE, "must be an integer, got '7'", 7L),
                wrong("max_positions", 7.0, "", Code.INVALID_TYPE, "must be an integer, got 7.0", 7L),
                wrong("max_positions", 0, "", Code.OUT_OF_RANGE, "must be at least 1, got 0", 1L),
                wrong(
                        "max_positions",
                        3_000_000_000L,
                        "",
                        Code.OUT_OF_RANGE,
                        "must be at most 2147483647",
                        2147483647L),
                wrong("max_positions", 1e30, "", Code.INVALID_TYPE, "must be an integer", 2147483647L));
    }

    private static Stream<Arguments> wrongPositionSizes() {
        return Stream.of(
                wrong("position_sizes", 100, "", Code.INVALID_TYPE, "must be a list", List.of(100L)),
                wrong("position_sizes", List.of(), "", Code.EMPTY, "at least one size", null),
                wrong(
                        "position_sizes",
                        List.of(100, "200"),
                        "[1]",
                        Code.INVALID_TYPE,
                        "must be an integer, got '200'",
                        200L),
                wrong("position_sizes", List.of(true), "[0]", Code.INVALID_TYPE, "must be an integer, got true", null),
                wrong("position_sizes", List.of(100, 0), "[1]", Code.OUT_OF_RANGE, "must be positive, got 0", 1L));
    }

    private static Stream<Arguments> wrongRuleSet() {
        return Stream.of(
                wrong("rule_set", "pyton", "", Code.INVALID_VALUE, "must be one of python, corrected", "python"),
                wrong("rule_set", 1, "", Code.INVALID_TYPE, "must be one of python, corrected", null));
    }

    private static Stream<Arguments> wrongPaused() {
        return Stream.of(
                wrong("paused", "yes", "", Code.INVALID_TYPE, "must be a boolean, got 'yes'", true),
                wrong("paused", 0, "", Code.INVALID_TYPE, "must be a boolean, got 0", false));
    }

    private static Stream<Arguments> wrongMaxPosition() {
        return Stream.of(
                wrong("max_position", 5, "", Code.UNKNOWN_FIELD, "Unknown field: 'max_position'", "max_positions"));
    }

    private static Stream<Arguments> wrongVersion() {
        return Stream.of(wrong("version", 5, "", Code.UNKNOWN_FIELD, "Unknown field: 'version'", null));
    }

    private static Arguments wrong(String field, Object value, String at, Code code, String text, Object suggestion) {
        return Arguments.of(field, value, field + at, code, text, suggestion);
    }

    @ParameterizedTest(name = "{0} = {1}")
    @MethodSource("wrongFields")
    void refusesAWrongField(String field, Object value, String at, Code code, String text, Object suggestion) {
        assertThat(errors(state, application(field, value))).singleElement().satisfies(error -> {
            assertThat(error.field()).isEqualTo(at);
            assertThat(error.code()).isEqualTo(code);
            assertThat(error.message()).contains(text);
            assertThat(error.suggestedValue()).isEqualTo(suggestion);
        });
    }

    @ParameterizedTest(name = "{0} = {1}")
    @MethodSource("wrongFields")
    void suggestsOnlyWhatThenIsAccepted(String field, Object value, String at, Code code, String text, Object fix) {
        if (fix != null) {
            assertThat(decide(
                            state,
                            code == Code.UNKNOWN_FIELD
                                    ? application((String) fix, value)
                                    : fixed(field, value, at, fix)))
                    .isInstanceOfAny(Outcome.Accept.class, Outcome.Unchanged.class);
        }
    }

    @Test
    void reportsAShortSymbolTwiceLikeThePythonBot() {
        assertThat(errors(state, application("symbols", List.of("BTC"))))
                .extracting(FieldError::code)
                .containsExactly(Code.INVALID_FORMAT, Code.OUT_OF_RANGE);
    }

    @Test
    void refusesAListWithoutEnd() {
        var sizes = Collections.nCopies(RuleSettings.LIST_LENGTH_MAX + 1, 100);

        assertThat(errors(state, application("position_sizes", sizes)))
                .extracting(FieldError::code)
                .containsExactly(Code.OUT_OF_RANGE);
    }

    @Test
    void findsEverythingThatIsWrong() {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("symbols", List.of("btcusdt", "BTCEUR"));
        fields.put("min_confidence", 1.5);
        fields.put("max_confidence", 1.2);
        fields.put("paused", "maybe");
        fields.put("colour", "red");
        var unnamed = new ChangeMeta(" ", ChangeMeta.Through.API, null, null);
        var edit = new DocumentEdit.UpdateApplication(fields, Precondition.NONE);

        assertThat(errors(state, new ConfigCommand.ChangeOne(edit, unnamed)))
                .extracting(FieldError::field)
                .containsExactlyInAnyOrder(
                        "symbols[0]",
                        "symbols[1]",
                        "min_confidence",
                        "max_confidence",
                        "paused",
                        "colour",
                        "changed_by");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"USDTUSDT", "ETHBTC", "AABTC", "1INCHUSDT", "1000PEPEUSDT", "WUSDT", "ABCDEFGHIJKLMNOPUSDC"})
    void takesTheSymbol(String symbol) {
        assertThat(accept(state, application("symbols", List.of(symbol)))
                        .next()
                        .application()
                        .symbols())
                .containsExactly(symbol);
    }

    @Test
    void takesSymbolsInTheQuoteCurrenciesOfTheSettings() {
        var rules = new ConfigRules(ConfigSamples.CATALOG, new RuleSettings(List.of("EUR")));

        assertThat(rules.decide(state, application("symbols", List.of("BTCEUR")), List.of(), ConfigSamples.NOW))
                .isInstanceOf(Outcome.Accept.class);
        assertThat(errors(rules.decide(state, application("symbols", List.of("BNBBTC")), List.of(), ConfigSamples.NOW)))
                .extracting(FieldError::message)
                .allMatch(message -> message.contains("EUR"));
    }

    @Test
    void takesEveryTimeframeAndTellsMinutesFromMonths() {
        var all = List.of("1m", "3m", "5m", "15m", "30m", "1h", "2h", "4h", "6h", "8h", "12h", "1d", "3d", "1w", "1M");

        assertThat(accept(state, application("candle_periods", all))
                        .next()
                        .application()
                        .candlePeriods())
                .isEqualTo(all);
    }

    @Test
    void takesNoStrategiesAtAll() {
        assertThat(accept(state, application("enabled_strategies", List.of()))
                        .next()
                        .application()
                        .enabledStrategies())
                .isEmpty();
    }

    @Test
    void takesWholeNumbersAsConfidence() {
        var next = accept(state, application(Map.of("min_confidence", 0, "max_confidence", 1)))
                .next();

        assertThat(next.application().minConfidence()).isZero();
        assertThat(next.document(DocumentKey.APPLICATION).orElseThrow().value().get("max_confidence"))
                .isEqualTo(1.0);
    }

    @Test
    void takesRepeatedAndUnorderedPositionSizes() {
        var next =
                accept(state, application("position_sizes", List.of(5, 1, 5))).next();

        assertThat(next.application().positionSizes()).containsExactly(5, 1, 5);
    }

    @Test
    void keepsWhatIsAbsentOrNull() {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("symbols", null);
        fields.put("rule_set", "corrected");

        var application = accept(state, application(fields)).next().application();

        assertThat(application.ruleSet()).isEqualTo(RuleSet.CORRECTED);
        assertThat(application.symbols()).isEqualTo(ConfigSamples.DEFAULTS.symbols());
    }

    @Test
    void asksForEveryListWhereNothingIsStored() {
        assertThat(errors(ConfigState.empty("staging"), application("max_positions", 5)))
                .extracting(FieldError::field)
                .containsExactlyInAnyOrder("symbols", "candle_periods");
    }

    @Test
    void pausesThoughAStoredStrategyIsGone() {
        var rules = new ConfigRules(
                new io.tabot.strategy.StrategyCatalog(List.of(ConfigSamples.TREND)), RuleSettings.DEFAULTS);

        assertThat(rules.decide(state, application("paused", true), List.of(), ConfigSamples.NOW))
                .isInstanceOf(Outcome.Accept.class);
    }

    private static ConfigCommand fixed(String field, Object value, String at, Object fix) {
        if (at.equals(field)) {
            return application(field, fix);
        }
        var items = new ArrayList<Object>((List<?>) value);
        items.set(Integer.parseInt(at.substring(field.length() + 1, at.length() - 1)), fix);
        return application(field, items);
    }
}
