package io.tabot.config;

import io.tabot.config.DocumentEdit.DeleteParameters;
import io.tabot.config.DocumentEdit.MoveLifecycle;
import io.tabot.config.DocumentEdit.UpdateApplication;
import io.tabot.config.DocumentEdit.UpdateParameters;
import io.tabot.strategy.Parameter;
import io.tabot.strategy.ParameterRule;
import io.tabot.strategy.Strategy;
import io.tabot.strategy.StrategyCatalog;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Holds the numbers that errors suggest to the rules between fields, which each field's own rule does not know: a
 * suggestion that would be refused gives way to one that would not, or to none.
 */
final class Suggestions {
    private final StrategyCatalog catalog;
    private final EditRules edits;

    Suggestions(StrategyCatalog catalog, EditRules edits) {
        this.catalog = catalog;
        this.edits = edits;
    }

    List<FieldError> fitting(ConfigState state, DocumentEdit edit, List<FieldError> errors) {
        var faulty = errors.stream().map(FieldError::field).collect(Collectors.toSet());
        return errors.stream()
                .map(error -> error.suggestedValue() instanceof Number suggested
                        ? error.suggesting(fitting(state, edit, faulty, error.field(), suggested))
                        : error)
                .toList();
    }

    private @Nullable Object fitting(
            ConfigState state, DocumentEdit edit, Set<String> faulty, String field, Number suggested) {
        return switch (edit) {
            case UpdateApplication(var fields, var precondition)
            when fields.containsKey(field) ->
                first(
                        state,
                        Arrays.asList(
                                suggested, state.application().toDocument().get(field)),
                        value -> new UpdateApplication(with(fields, faulty, field, value), precondition));
            case UpdateParameters(var id, var symbol, var parameters, var precondition)
            when parameters.containsKey(field) ->
                first(
                        state,
                        candidates(state, catalog.find(id).orElseThrow(), symbol, field, suggested),
                        value ->
                                new UpdateParameters(id, symbol, with(parameters, faulty, field, value), precondition));
            case UpdateApplication _, UpdateParameters _, DeleteParameters _, MoveLifecycle _ -> suggested;
        };
    }

    /** How an edit reads with another value. */
    private interface Trial {
        DocumentEdit with(@Nullable Object value);
    }

    private @Nullable Object first(ConfigState state, List<@Nullable Object> candidates, Trial trial) {
        return candidates.stream()
                .filter(Objects::nonNull)
                .filter(value -> isTaken(state, trial.with(value)))
                .findFirst()
                .orElse(null);
    }

    private boolean isTaken(ConfigState state, DocumentEdit edit) {
        var plan = new Plan(state);
        return edits.plan(plan, edit).isEmpty()
                && catalog.strategies().stream()
                        .allMatch(
                                strategy -> RelationRules.check(strategy, plan).isEmpty());
    }

    /** The value, then the ones beside it that the rules between parameters leave, then the one in force. */
    private static List<@Nullable Object> candidates(
            ConfigState state, Strategy strategy, @Nullable String symbol, String name, Number suggested) {
        var values = EffectiveParameters.explain(state, strategy, symbol).values();
        var candidates = new ArrayList<@Nullable Object>(List.of(suggested));
        strategy.definition().schema().rules().stream()
                .flatMap(rule -> edges(rule, name, values))
                .sorted(Comparator.comparingDouble(edge -> Math.abs(edge.doubleValue() - suggested.doubleValue())))
                .forEach(candidates::add);
        candidates.add(values.get(name));
        return candidates;
    }

    /** Of two whole numbers, those next to where the rule begins to hold. Between others, there is no next one. */
    private static Stream<Number> edges(ParameterRule rule, String name, Map<String, ?> values) {
        var isOfBoth = Stream.of(rule.first(), rule.second())
                .allMatch(parameter -> parameter.type() == Parameter.Type.INTEGER);
        var other = rule.first().name().equals(name)
                ? rule.second().name()
                : rule.first().name();
        var isAbout = Stream.of(rule.first().name(), rule.second().name()).anyMatch(name::equals);
        if (!isOfBoth || !isAbout || !(values.get(other) instanceof Number number)) {
            return Stream.empty();
        }
        var given = number.longValue();
        return switch (rule) {
            case ParameterRule.Below _, ParameterRule.NotAbove _ -> Stream.of(given - 1, given, given + 1);
            case ParameterRule.FitsWindow fits -> Stream.of(fits.candles() - given);
        };
    }

    /** The fields without those that are wrong themselves, and with this one. */
    private static Map<String, @Nullable Object> with(
            Map<String, @Nullable Object> fields, Set<String> faulty, String field, @Nullable Object value) {
        var others = new LinkedHashMap<String, @Nullable Object>(fields);
        others.keySet().removeAll(faulty);
        others.put(field, value);
        return others;
    }
}
