package io.tabot.config;

import io.tabot.config.ConfigCommand.ChangeMany;
import io.tabot.config.ConfigCommand.ChangeOne;
import io.tabot.config.ConfigCommand.Initialize;
import io.tabot.config.ConfigCommand.Rollback;
import io.tabot.config.ConfigEvent.Restored;
import io.tabot.config.FieldError.Code;
import io.tabot.config.Outcome.Accept;
import io.tabot.config.Outcome.Invalid;
import io.tabot.config.Outcome.KeyReused;
import io.tabot.config.Outcome.Repeat;
import io.tabot.config.Outcome.Unchanged;
import io.tabot.strategy.StrategyCatalog;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides commands. Pure: the state, the history and the time are given, and the answer is all that it does. A dry run
 * is a decision that is not persisted.
 *
 * <p>What is asked in turn: was the idempotency key seen, does what is named exist, do the preconditions hold, is the
 * result valid, does it change anything. A change that changes nothing is no event: revisions, versions and the audit
 * count changes, and a client that writes its wish every minute must not bury them. Its idempotency key is not
 * remembered either, so a repetition is decided anew.
 */
public final class ConfigRules {
    private final StrategyCatalog catalog;
    private final EditRules edits;
    private final RollbackRules rollbacks;
    private final Suggestions suggestions;

    public ConfigRules(StrategyCatalog catalog, RuleSettings settings) {
        this.catalog = catalog;
        this.edits = new EditRules(catalog, settings);
        this.rollbacks = new RollbackRules(edits);
        this.suggestions = new Suggestions(catalog, edits);
    }

    /** Whether {@link #decide} must be given the whole history; otherwise it may be empty. */
    public static boolean needsHistory(ConfigCommand command) {
        return switch (command) {
            case Rollback _ -> true;
            case ChangeOne _, ChangeMany _, Initialize _ -> false;
        };
    }

    /**
     * The outcome of a command.
     *
     * @param history the events 1 to {@code state.revision()}, if the command needs them
     */
    public Outcome decide(ConfigState state, ConfigCommand command, List<ConfigEvent> history, Instant now) {
        return seenBefore(state, command.meta()).orElseGet(() -> switch (command) {
            case ChangeOne change -> changeOne(state, change, now);
            case ChangeMany change -> changeMany(state, change, now);
            case Rollback rollback -> rollback(state, rollback, history, now);
            case Initialize initialize -> initialize(state, initialize, now);
        });
    }

    private static Optional<Outcome> seenBefore(ConfigState state, ChangeMeta meta) {
        var idempotency = meta.idempotency();
        if (idempotency == null) {
            return Optional.empty();
        }
        return state.remembered()
                .find(idempotency.key())
                .map(first -> idempotency.equals(first.idempotency()) ? new Repeat(first) : new KeyReused(first));
    }

    private Outcome changeOne(ConfigState state, ChangeOne change, Instant now) {
        var unknown = edits.unknown(state, change.edit());
        if (unknown.isPresent()) {
            return unknown.get();
        }
        var plan = new Plan(state);
        plan.refuse(suggestions.fitting(state, change.edit(), edits.plan(plan, change.edit())));
        return Preconditions.stale(plan, change.edit()).orElseGet(() -> conclude(plan, null, change.meta(), now));
    }

    private Outcome changeMany(ConfigState state, ChangeMany change, Instant now) {
        var plan = new Plan(state);
        checkCount(plan, change.edits());
        if (!plan.errors().isEmpty()) {
            return new Invalid(plan.errors());
        }
        var seen = new HashSet<DocumentKey>();
        for (var i = 0; i < change.edits().size(); i++) {
            var edit = change.edits().get(i);
            var name = "changes[" + i + "]";
            var key = EditRules.keyOf(edit);
            if (key.isPresent() && !seen.add(key.get())) {
                plan.refuse(FieldErrors.of(name, Code.DUPLICATE, name + " changes a document a second time"));
            } else {
                key.ifPresent(first -> plan.name(first, name));
                plan.refuse(planOne(plan, edit).stream()
                        .map(error -> error.under(name))
                        .toList());
            }
        }
        return Preconditions.staleEnvironment(plan, change.precondition())
                .or(() -> change.edits().stream()
                        .flatMap(edit -> Preconditions.stale(plan, edit).stream())
                        .findFirst())
                .orElseGet(() -> conclude(plan, null, change.meta(), now));
    }

    /** In a list, what is missing is an error of the body like any other: the route that was asked for exists. */
    private List<FieldError> planOne(Plan plan, DocumentEdit edit) {
        var unknown = edits.unknown(plan.state(), edit);
        if (unknown.isEmpty()) {
            return suggestions.fitting(plan.state(), edit, edits.plan(plan, edit));
        }
        var missing = unknown.get();
        return List.of(
                switch (missing.what()) {
                    case STRATEGY -> edits.unknownStrategyError("strategy_id", missing.name());
                    case DOCUMENT, ROLLBACK_TARGET, AUDIT_ITEM ->
                        FieldErrors.of("document", Code.UNKNOWN_DOCUMENT, missing.message());
                });
    }

    private Outcome rollback(ConfigState state, Rollback rollback, List<ConfigEvent> history, Instant now) {
        if (history.size() != state.revision()) {
            throw new IllegalArgumentException("a history of " + history.size() + " events for " + state.revision());
        }
        var unknown = rollbacks.unknown(state, rollback.scope());
        if (unknown.isPresent()) {
            return unknown.get();
        }
        return switch (rollbacks.target(state, rollback, history)) {
            case RollbackRules.Target.Refused(var outcome) -> outcome;
            case RollbackRules.Target.Found(var revision) -> {
                var plan = new Plan(state);
                rollbacks.plan(plan, rollback.scope(), revision, history);
                var restored = new Restored(rollback.scope(), revision);
                yield Preconditions.stale(plan, rollback)
                        .orElseGet(() -> conclude(plan, restored, rollback.meta(), now));
            }
        };
    }

    private Outcome initialize(ConfigState state, Initialize initialize, Instant now) {
        if (state.revision() > 0) {
            return new Unchanged(state);
        }
        var plan = new Plan(state);
        var application = edits.planApplication(plan, initialize.config().application(), initialize.defaults());
        plan.refuse(
                application.stream().map(error -> error.under("application")).toList());
        initialize.config().strategies().forEach((id, layers) -> planLayers(plan, id, layers));
        return conclude(plan, null, initialize.meta(), now);
    }

    private void planLayers(Plan plan, String id, WholeConfig.StrategyLayers layers) {
        var name = "strategies." + id;
        var strategy = catalog.find(id);
        if (strategy.isEmpty()) {
            plan.refuse(edits.unknownStrategyError(name, id));
            return;
        }
        edits.planParameters(plan, strategy.get(), null, layers.parameters())
                .forEach(error -> plan.refuse(error.under(name + ".parameters")));
        for (var layer : layers.symbols().entrySet()) {
            edits.planParameters(plan, strategy.get(), layer.getKey(), layer.getValue())
                    .forEach(error -> plan.refuse(error.under(name + ".symbols." + layer.getKey())));
        }
    }

    private static void checkCount(Plan plan, List<DocumentEdit> edits) {
        if (edits.isEmpty()) {
            plan.refuse(FieldErrors.of("changes", Code.EMPTY, "changes must contain at least one change"));
        }
        if (edits.size() > RuleSettings.EDITS_MAX) {
            var message = "changes must have at most " + RuleSettings.EDITS_MAX + " entries, got " + edits.size();
            plan.refuse(FieldErrors.of("changes", Code.OUT_OF_RANGE, message));
        }
    }

    private Outcome conclude(Plan plan, @Nullable Restored restored, ChangeMeta meta, Instant now) {
        plan.refuse(MetaRules.check(meta));
        if (plan.errors().isEmpty()) {
            catalog.strategies().forEach(strategy -> plan.refuse(RelationRules.check(strategy, plan)));
        }
        if (!plan.errors().isEmpty()) {
            return new Invalid(plan.errors());
        }
        var changes = plan.changes();
        if (changes.isEmpty()) {
            return new Unchanged(plan.state());
        }
        var event = event(plan.state(), changes, restored, meta, now);
        return new Accept(event, plan.state().apply(event));
    }

    private static ConfigEvent event(
            ConfigState state,
            List<ConfigEvent.Change> changes,
            @Nullable Restored restored,
            ChangeMeta meta,
            Instant now) {
        var unsealed = new ConfigEvent(
                state.revision() + 1,
                now,
                meta.changedBy(),
                meta.actor(),
                meta.through(),
                meta.reason(),
                meta.idempotency(),
                changes,
                restored,
                state.headHash(),
                "");
        return unsealed.withHash(HashChain.hash(unsealed));
    }
}
