package io.tabot.http;

import io.tabot.config.ChangeReply;
import io.tabot.config.ChangeReply.Decided;
import io.tabot.config.ChangeReply.ReadOnly;
import io.tabot.config.ChangeReply.Unconfirmed;
import io.tabot.config.ConfigDiff;
import io.tabot.config.ConfigEvent;
import io.tabot.config.ConfigState;
import io.tabot.config.FieldError;
import io.tabot.config.Outcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Turns the end of a change into an answer: the same for every document and every way to change it. */
final class ChangeAnswers {
    /** What was asked, as far as the answer depends on it. */
    record Asked(
            ChangeView view, ChangeRequest request, ChangeFields change, UnaryOperator<List<FieldError>> inItsWords) {
        /** Where the errors of the rules need no more than the words that every change has. */
        Asked(ChangeView view, ChangeRequest request, ChangeFields change) {
            this(view, request, change, change::inItsWords);
        }

        boolean validateOnly() {
            return change.validateOnly();
        }
    }

    private final ConfigAccess config;
    private final FirstOutcomes firsts;
    private final PastConfigs past;
    private final AppliedNodes nodes;

    ChangeAnswers(ConfigAccess config) {
        this.config = config;
        this.firsts = new FirstOutcomes(config);
        this.past = new PastConfigs(config, config.system());
        this.nodes = new AppliedNodes(config);
    }

    CompletionStage<Answer> answer(Asked asked, ChangeReply reply) {
        return switch (reply) {
            case Decided(var outcome, var before, var durability) -> decided(asked, outcome, before, durability);
            case Unconfirmed(var reason) -> now(Answer.refused(ErrorCode.UNCONFIRMED, reason));
            case ReadOnly(var reason) -> now(Answer.refused(ErrorCode.READ_ONLY, reason));
        };
    }

    private CompletionStage<Answer> decided(Asked asked, Outcome outcome, ConfigState before, List<String> durability) {
        return switch (outcome) {
            case Outcome.Accept(var event, var next) when asked.validateOnly() -> now(rehearsed(asked, event, next));
            case Outcome.Accept(var event, var next) ->
                nodes.answer(
                        asked.request().patience(),
                        event.revision(),
                        config.shows(event.revision())
                                .thenApply(_ -> changed(asked, event, next).with("durability", durability)));
            case Outcome.Unchanged(var state) -> unchanged(asked, state);
            case Outcome.Repeat(var first) ->
                nodes.answer(asked.request().patience(), first.revision(), repeated(asked, first, before));
            case Outcome.KeyReused(var first) -> now(keyReused(first));
            case Outcome.Stale stale -> now(stale(asked, stale, before));
            case Outcome.Invalid(var errors) ->
                now(ErrorItems.refusal(asked.inItsWords().apply(errors)));
            case Outcome.Unknown unknown -> now(unknown(unknown));
        };
    }

    private Answer changed(Asked asked, ConfigEvent event, ConfigState next) {
        var answer = Answer.ok(asked.view().show(next, source(), event))
                .with("revision", event.revision())
                .with("action", action(event))
                .with("changes_applied", true)
                .with("diff", Diffs.of(ConfigDiff.of(event)));
        var restored = event.restored();
        return (restored == null ? answer : answer.with("restored_revision", restored.revision()))
                .etag(event.revision());
    }

    private Answer rehearsed(Asked asked, ConfigEvent event, ConfigState next) {
        return Answer.ok(asked.view().show(next, source(), event))
                .with("validation", "passed")
                .with("message", "Valid. Nothing was saved: this was a dry run.")
                .with("action", action(event))
                .with("changes_applied", false)
                .with("diff", Diffs.of(ConfigDiff.of(event)));
    }

    private CompletionStage<Answer> unchanged(Asked asked, ConfigState state) {
        var answer = Answer.ok(asked.view().show(state, source(), null))
                .with("action", "unchanged")
                .with("changes_applied", false)
                .with("diff", List.of())
                .etag(asked.view().revision(state));
        return asked.validateOnly()
                ? now(answer.with("validation", "passed").with("message", "Valid, and already so."))
                : nodes.answer(asked.request().patience(), state.revision(), now(answer));
    }

    private CompletionStage<Answer> repeated(Asked asked, ConfigEvent first, ConfigState now) {
        return switch (asked.view()) {
            case DocumentView document ->
                firsts.of(document, first, now).thenApply(found -> switch (found) {
                    case FirstOutcomes.Found.State(var then) ->
                        changed(asked, first, then).with("repeated", true);
                    case FirstOutcomes.Found.Unavailable(var reason) -> Answer.refused(ErrorCode.UNAVAILABLE, reason);
                });
            case EnvironmentView _ ->
                past.at(new PastConfigs.Moment.Revision(first.revision())).thenApply(found -> switch (found) {
                    case PastConfigs.Found.Past(var then, var _) ->
                        changed(asked, first, then).with("repeated", true);
                    case PastConfigs.Found.Refused(var answer) -> answer;
                });
        };
    }

    private static Answer keyReused(ConfigEvent first) {
        return Answer.refused(Problem.of(
                        ErrorCode.IDEMPOTENCY_KEY_REUSED,
                        "this Idempotency-Key was used for another request",
                        "send a new key with a new request")
                .withDetails(Map.of("first_revision", first.revision())));
    }

    private Answer stale(Asked asked, Outcome.Stale stale, ConfigState state) {
        var isEnvironment = stale.document() == null;
        var details = new LinkedHashMap<String, @Nullable Object>();
        details.put("current", asked.view().show(state, source(), null));
        details.put("revision", stale.revision());
        details.put("version", isEnvironment ? null : stale.version());
        details.put("expected_revision", stale.expected().expectedRevision());
        details.put("expected_version", stale.expected().expectedVersion());
        details.put("diff", Diffs.of(stale.wanted()));
        var answer = Answer.refused(Problem.of(
                                ErrorCode.STALE,
                                "it was changed since: it is at revision " + stale.revision()
                                        + (isEnvironment ? "" : ", version " + stale.version()),
                                "look at the current document and the diff, then expect revision " + stale.revision())
                        .withDetails(details))
                .etag(stale.revision());
        var ifMatch = asked.request().ifMatch();
        return ifMatch != null && stale.revision() > ifMatch ? answer.status(Answer.PRECONDITION_FAILED) : answer;
    }

    private static Answer unknown(Outcome.Unknown unknown) {
        var code = switch (unknown.what()) {
            case STRATEGY, DOCUMENT -> ErrorCode.NOT_FOUND;
            case ROLLBACK_TARGET, AUDIT_ITEM -> ErrorCode.ROLLBACK_FAILED;
        };
        var suggestion = unknown.suggestion();
        return Answer.refused(new Problem(
                code, unknown.message(), null, null, suggestion == null ? null : "did you mean " + suggestion + "?"));
    }

    private String source() {
        return config.inForce().map(inForce -> inForce.source()).orElse(ApplicationView.DEFAULT);
    }

    private static String action(ConfigEvent event) {
        return switch (event.action()) {
            case CREATE -> "created";
            case UPDATE -> "updated";
            case DELETE -> "deleted";
            case ROLLBACK -> "rollback";
        };
    }

    private static CompletionStage<Answer> now(Answer answer) {
        return CompletableFuture.completedFuture(answer);
    }
}
