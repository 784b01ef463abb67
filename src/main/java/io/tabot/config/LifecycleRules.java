package io.tabot.config;

import io.tabot.config.DocumentEdit.MoveLifecycle;
import io.tabot.config.FieldError.Allowed;
import io.tabot.config.FieldError.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which stage of a strategy's life may follow which. */
final class LifecycleRules {
    private static final String TO = "to_state";

    private LifecycleRules() {}

    /** Adds the transition to the plan, and what is wrong with it. */
    static List<FieldError> plan(Plan plan, MoveLifecycle move) {
        var key = DocumentKey.lifecycle(move.strategyId());
        var before = Optional.ofNullable(plan.before(key)).map(Lifecycle::from);
        var errors = new ArrayList<FieldError>();
        transition(before.map(Lifecycle::to), move.toState()).ifPresent(errors::add);
        errors.addAll(MetaRules.checkText("decision_id", move.decisionId(), RuleSettings.DECISION_ID_LENGTH_MAX));
        errors.addAll(
                MetaRules.checkText("reasoning_context", move.reasoningContext(), RuleSettings.REASONING_LENGTH_MAX));
        if (errors.isEmpty()) {
            var from = before.map(Lifecycle::to).orElse(null);
            var after = new Lifecycle(from, move.toState(), move.decisionId(), move.reasoningContext());
            plan.want(key, after.toDocument());
        }
        return errors;
    }

    private static Optional<FieldError> transition(Optional<String> from, String to) {
        var wanted = LifecycleState.of(to);
        if (wanted.isEmpty()) {
            var message = "Unknown lifecycle state: " + FieldErrors.shown(to) + ". Valid states: "
                    + String.join(", ", LifecycleState.IDS);
            var nearest = Nearest.of(to, LifecycleState.IDS).orElse(null);
            return Optional.of(
                    new FieldError(TO, Code.INVALID_VALUE, message, Allowed.oneOf(LifecycleState.IDS), nearest));
        }
        // A state that a later build wrote and this one does not know leads nowhere but to the beginning.
        var next = LifecycleState.after(from.flatMap(LifecycleState::of).orElse(null));
        return next.contains(wanted.get()) ? Optional.empty() : Optional.of(illegal(from, to, next));
    }

    private static FieldError illegal(Optional<String> from, String to, List<LifecycleState> next) {
        var ids = next.stream().map(LifecycleState::id).toList();
        var message =
                "Invalid transition: " + from.orElse("None") + " -> " + to + ". Possible: " + String.join(", ", ids);
        var only = ids.size() == 1 ? ids.getFirst() : null;
        return new FieldError(TO, Code.INVALID_TRANSITION, message, Allowed.oneOf(ids), only);
    }
}
