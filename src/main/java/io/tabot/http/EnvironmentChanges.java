package io.tabot.http;

import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.post;

import io.tabot.config.ChangeReply;
import io.tabot.config.ConfigCommand;
import io.tabot.config.ConfigCommand.ChangeMany;
import io.tabot.config.ConfigCommand.Rollback;
import io.tabot.config.FieldError;
import io.tabot.config.Outcome;
import io.tabot.http.ChangeAnswers.Asked;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.server.Route;

/**
 * Changes of more than one document: one event and one revision, all or nothing.
 *
 * <pre>
 * POST /api/v1/config/changes   change several documents at once
 * POST /api/v1/config/rollback  bring everything back as it was, lives of strategies apart, as a new change
 * </pre>
 */
final class EnvironmentChanges {
    private final Api api;
    private final ConfigAccess config;
    private final ChangeRequests requests;
    private final ChangeAnswers answers;

    EnvironmentChanges(Api api, ConfigAccess config, ChangeRequests requests) {
        this.api = api;
        this.config = config;
        this.requests = requests;
        this.answers = new ChangeAnswers(config);
    }

    Route create() {
        return concat(
                api.at("/api/v1/config/changes", () -> post(() -> requests.change(this::change))),
                api.at("/api/v1/config/rollback", () -> post(() -> requests.change(this::rollback))));
    }

    private CompletionStage<Answer> change(ChangeRequest request) {
        var fields = new BodyFields(request.body());
        var change = ChangeFields.read(request, fields, "changes", List.of(ChangeItems.NAME));
        var items = ChangeItems.read(fields);
        if (!fields.errors().isEmpty()) {
            return rehearse(change.rehearsal(), items, fields.errors());
        }
        var asked = new Asked(
                new EnvironmentView(items.keys()),
                request,
                change,
                errors -> items.inItsWords(change.inItsWords(errors)));
        return decide(asked, new ChangeMany(items.edits(), change.precondition(), change.meta()));
    }

    private CompletionStage<Answer> rollback(ChangeRequest request) {
        var fields = new BodyFields(request.body());
        var change = ChangeFields.read(request, fields, "environment/rollback", RollbackFields.NAMES);
        var target = RollbackFields.read(fields);
        return fields.errors().isEmpty()
                ? decide(
                        new Asked(EnvironmentView.OF_CHANGED, request, change),
                        new Rollback(null, target, change.precondition(), change.meta()))
                : CompletableFuture.completedFuture(ErrorItems.refusal(fields.errors()));
    }

    private CompletionStage<Answer> decide(Asked asked, ConfigCommand command) {
        return config.change(command, asked.validateOnly()).thenCompose(reply -> answers.answer(asked, reply));
    }

    /** What the rules find in the items that can be read is told together with what is wrong with the others. */
    private CompletionStage<Answer> rehearse(ChangeFields change, ChangeItems items, List<FieldError> errors) {
        if (items.edits().isEmpty()) {
            return CompletableFuture.completedFuture(ErrorItems.refusal(errors));
        }
        var command = new ChangeMany(items.edits(), change.precondition(), change.meta());
        return config.change(command, true).thenApply(reply -> {
            var all = new ArrayList<>(errors);
            if (reply instanceof ChangeReply.Decided decided && decided.outcome() instanceof Outcome.Invalid invalid) {
                all.addAll(items.inItsWords(change.inItsWords(invalid.errors())));
            }
            return ErrorItems.refusal(all);
        });
    }
}
