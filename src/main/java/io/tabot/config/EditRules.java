package io.tabot.config;

import io.tabot.config.DocumentEdit.DeleteParameters;
import io.tabot.config.DocumentEdit.MoveLifecycle;
import io.tabot.config.DocumentEdit.UpdateApplication;
import io.tabot.config.DocumentEdit.UpdateParameters;
import io.tabot.config.FieldError.Code;
import io.tabot.config.Outcome.Unknown;
import io.tabot.config.Outcome.Unknown.What;
import io.tabot.strategy.Strategy;
import io.tabot.strategy.StrategyCatalog;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Turns wanted edits into a plan: merges them with the documents as they stand, and judges what was given. */
final class EditRules {
    private final StrategyCatalog catalog;
    private final ApplicationRules application;
    private final SymbolRules symbols;

    EditRules(StrategyCatalog catalog, RuleSettings settings) {
        this.catalog = catalog;
        this.application = new ApplicationRules(catalog, settings);
        this.symbols = new SymbolRules(settings);
    }

    /** The document that the edit is about, if a document can have that name. */
    static Optional<DocumentKey> keyOf(DocumentEdit edit) {
        return switch (edit) {
            case UpdateApplication _ -> Optional.of(DocumentKey.APPLICATION);
            case UpdateParameters update -> keyOf(update.strategyId(), update.symbol());
            case DeleteParameters delete -> keyOf(delete.strategyId(), delete.symbol());
            case MoveLifecycle move -> DocumentKey.of("lifecycle/" + move.strategyId());
        };
    }

    /** Why there is nothing to edit, or nothing. */
    Optional<Unknown> unknown(ConfigState state, DocumentEdit edit) {
        return switch (edit) {
            case UpdateApplication _ -> Optional.empty();
            case UpdateParameters update -> unknown(update.strategyId());
            case DeleteParameters delete -> unknownLayer(state, delete);
            case MoveLifecycle move -> unknown(move.strategyId());
        };
    }

    /** Adds the edit to the plan, and what is wrong with it. The edit is known to have something to edit. */
    List<FieldError> plan(Plan plan, DocumentEdit edit) {
        return switch (edit) {
            case UpdateApplication update -> planApplication(plan, update.fields());
            case UpdateParameters update ->
                planParameters(plan, strategy(update), update.symbol(), update.parameters());
            case DeleteParameters delete -> {
                keyOf(delete).ifPresent(key -> plan.want(key, null));
                yield List.of();
            }
            case MoveLifecycle move -> LifecycleRules.plan(plan, move);
        };
    }

    /**
     * Judges only what is given, as long as a document is stored: what another build stored before must not stand in
     * the way of pausing everything now.
     */
    List<FieldError> planApplication(Plan plan, Map<String, @Nullable Object> fields) {
        var before = plan.before(DocumentKey.APPLICATION);
        var base = before == null ? AppConfig.UNCONFIGURED.toDocument() : before;
        var merged = overlaid(base.fields(), fields);
        var errors = new ArrayList<>(application.check(before == null ? merged : fields));
        return wantApplication(plan, merged, errors, AppConfig.UNCONFIGURED);
    }

    /** The first application document: given fields over trusted defaults. */
    List<FieldError> planApplication(Plan plan, Map<String, @Nullable Object> fields, AppConfig defaults) {
        var merged = overlaid(defaults.toDocument().fields(), fields);
        return wantApplication(plan, merged, new ArrayList<>(application.check(fields)), defaults);
    }

    /** Sets the parameters of one layer. */
    List<FieldError> planParameters(
            Plan plan, Strategy strategy, @Nullable String symbol, Map<String, @Nullable Object> parameters) {
        var key = keyOf(strategy.definition().id(), symbol);
        if (symbol != null && (key.isEmpty() || !symbols.isValid(symbol))) {
            return symbols.check("symbol", symbol);
        }
        var before = plan.before(key.orElseThrow());
        Map<String, @Nullable Object> stored = before == null ? Map.of() : before.fields();
        var errors = ParameterRules.check(strategy, parameters, stored);
        var merged = new TreeMap<String, @Nullable Object>(overlaid(stored, parameters));
        parameters.forEach((name, value) -> {
            if (value == null) {
                merged.remove(name);
            }
        });
        // A layer that never held anything does not come into being by setting nothing.
        if (errors.isEmpty() && !(before == null && merged.isEmpty())) {
            plan.want(key.orElseThrow(), new Document(merged));
        }
        return errors;
    }

    /** A whole document that is to come back, against today's rules. */
    List<FieldError> checkRestored(DocumentKey key, Document document) {
        return switch (key.kind()) {
            case APPLICATION -> {
                var errors = new ArrayList<>(application.check(document.fields()));
                errors.addAll(ApplicationRules.checkConfidenceOrder(document.fields()));
                yield errors;
            }
            case STRATEGY, STRATEGY_SYMBOL -> {
                var id = key.strategyId().orElseThrow();
                yield catalog.find(id)
                        .map(strategy -> checkRestoredLayer(strategy, key, document))
                        .orElseGet(() -> List.of(unknownStrategyError("strategy_id", id)));
            }
            case LIFECYCLE, OTHER -> List.of();
        };
    }

    FieldError unknownStrategyError(String field, String id) {
        var unknown = unknownStrategy(id);
        return new FieldError(field, Code.UNKNOWN_STRATEGY, unknown.message(), null, unknown.suggestion());
    }

    Unknown unknownStrategy(String id) {
        var message = "Unknown strategy: " + FieldErrors.shown(id);
        return new Unknown(
                What.STRATEGY, id, message, Nearest.of(id, catalog.ids()).orElse(null));
    }

    private List<FieldError> checkRestoredLayer(Strategy strategy, DocumentKey key, Document document) {
        var errors = new ArrayList<FieldError>();
        key.symbol().ifPresent(symbol -> errors.addAll(symbols.check("symbol", symbol)));
        errors.addAll(ParameterRules.check(strategy, document.fields(), Map.of()));
        return errors;
    }

    private static List<FieldError> wantApplication(
            Plan plan, Map<String, @Nullable Object> merged, List<FieldError> errors, AppConfig defaults) {
        // A bound that is wrong by itself has no order yet.
        if (errors.stream().noneMatch(error -> error.field().endsWith("_confidence"))) {
            errors.addAll(ApplicationRules.checkConfidenceOrder(merged));
        }
        if (errors.isEmpty()) {
            var after = AppConfig.from(new Document(merged), defaults).toDocument();
            plan.want(DocumentKey.APPLICATION, after);
        }
        return errors;
    }

    private static Map<String, @Nullable Object> overlaid(
            Map<String, @Nullable Object> base, Map<String, @Nullable Object> over) {
        var merged = new LinkedHashMap<String, @Nullable Object>(base);
        over.forEach((name, value) -> {
            if (value != null) {
                merged.put(name, value);
            }
        });
        return merged;
    }

    private Optional<Unknown> unknown(String strategyId) {
        return catalog.find(strategyId).isPresent() ? Optional.empty() : Optional.of(unknownStrategy(strategyId));
    }

    private Optional<Unknown> unknownLayer(ConfigState state, DeleteParameters delete) {
        if (keyOf(delete).flatMap(state::document).isPresent()) {
            return Optional.empty();
        }
        if (catalog.find(delete.strategyId()).isEmpty()) {
            return Optional.of(unknownStrategy(delete.strategyId()));
        }
        var of = delete.symbol() == null ? "" : " for " + FieldErrors.shown(delete.symbol());
        var message = "No parameters of " + delete.strategyId() + " are stored" + of;
        var name = keyOf(delete).map(DocumentKey::path).orElse(delete.strategyId());
        return Optional.of(new Unknown(What.DOCUMENT, name, message, null));
    }

    private Strategy strategy(UpdateParameters update) {
        return catalog.find(update.strategyId()).orElseThrow();
    }

    private static Optional<DocumentKey> keyOf(String strategyId, @Nullable String symbol) {
        var kind = symbol == null ? DocumentKey.Kind.STRATEGY : DocumentKey.Kind.STRATEGY_SYMBOL;
        return DocumentKey.of("strategy/" + strategyId + (symbol == null ? "" : "/" + symbol))
                .filter(key -> key.kind() == kind);
    }
}
