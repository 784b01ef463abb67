package io.tabot.config;

import io.tabot.strategy.ParameterRule;
import io.tabot.strategy.Strategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The rules between two parameters of a strategy, judged on effective values: a change of the global layer can break it
 * on a symbol whose override sets only one of the two. What broke a rule before and is not touched is let be, so
 * that a strategy can always be silenced.
 */
final class RelationRules {
    private RelationRules() {}

    static List<FieldError> check(Strategy strategy, Plan plan) {
        var id = strategy.definition().id();
        var errors = new ArrayList<FieldError>();
        for (var symbol : affected(id, plan)) {
            var layer = symbol.isEmpty() ? null : symbol;
            for (var rule : strategy.definition().schema().rules()) {
                broken(strategy, rule, layer, plan)
                        .map(error -> named(plan, id, layer, error))
                        .ifPresent(errors::add);
            }
        }
        return errors;
    }

    private static FieldError named(Plan plan, String id, @Nullable String symbol, FieldError error) {
        var global = DocumentKey.strategy(id);
        return symbol == null ? plan.named(error, global) : plan.named(error, DocumentKey.strategy(id, symbol), global);
    }

    /** The symbols whose effective parameters the plan may change; the empty one stands for all without override. */
    private static TreeSet<String> affected(String id, Plan plan) {
        var symbols = new TreeSet<String>();
        var isGlobal = plan.changes(DocumentKey.strategy(id));
        if (isGlobal) {
            symbols.add("");
        }
        plan.keys()
                .filter(key -> key.strategyId().equals(Optional.of(id)))
                .filter(key -> isGlobal || plan.changes(key))
                .forEach(key -> key.symbol().ifPresent(symbols::add));
        return symbols;
    }

    private static Optional<FieldError> broken(
            Strategy strategy, ParameterRule rule, @Nullable String symbol, Plan plan) {
        var after = effective(strategy, symbol, plan::after);
        var first = (Number) Objects.requireNonNull(after.get(rule.first().name()));
        var second = (Number) Objects.requireNonNull(after.get(rule.second().name()));
        if (rule.holds(first.doubleValue(), second.doubleValue())) {
            return Optional.empty();
        }
        var before = effective(strategy, symbol, plan::before);
        var untouched = first.equals(before.get(rule.first().name()))
                && second.equals(before.get(rule.second().name()));
        return untouched ? Optional.empty() : Optional.of(error(rule, symbol, first, second));
    }

    private static FieldError error(ParameterRule rule, @Nullable String symbol, Number first, Number second) {
        var message = rule.text() + ", got " + first + " and " + second + (symbol == null ? "" : " for " + symbol);
        return FieldErrors.of(rule.first().name(), FieldError.Code.CONFLICT, message);
    }

    /** Where a document comes from. */
    private interface Source {
        @Nullable Document document(DocumentKey key);
    }

    private static Map<String, Object> effective(Strategy strategy, @Nullable String symbol, Source source) {
        var id = strategy.definition().id();
        var global = ParameterSet.of(source.document(DocumentKey.strategy(id)));
        var override =
                symbol == null ? ParameterSet.NONE : ParameterSet.of(source.document(DocumentKey.strategy(id, symbol)));
        return EffectiveParameters.of(strategy, symbol, global, override).values();
    }
}
