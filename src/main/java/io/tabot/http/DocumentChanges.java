package io.tabot.http;

import io.tabot.config.ChangeReply;
import io.tabot.config.ConfigCommand;
import io.tabot.config.ConfigCommand.ChangeOne;
import io.tabot.config.ConfigCommand.Rollback;
import io.tabot.config.DocumentEdit;
import io.tabot.config.FieldError;
import io.tabot.config.Outcome;
import io.tabot.config.Precondition;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Brings changes of one document to its owner, and the end back as an answer: the same for every document. */
final class DocumentChanges {
    /**
     * A change that was read.
     *
     * @param edit null where not enough was read to tell what is wanted
     * @param errors of the request, whatever the rules say
     */
    record Wanted(
            ChangeRequest request,
            ChangeFields change,
            @Nullable Function<Precondition, DocumentEdit> edit,
            List<FieldError> errors) {
        Wanted {
            errors = List.copyOf(errors);
        }
    }

    private final ConfigAccess config;
    private final ChangeAnswers answers;

    DocumentChanges(ConfigAccess config) {
        this.config = config;
        this.answers = new ChangeAnswers(config);
    }

    /** Where the request itself is wrong, what the rules find in the rest of it is told at the same time. */
    CompletionStage<Answer> edit(DocumentView view, Wanted wanted) {
        var edit = wanted.edit();
        if (edit == null) {
            return CompletableFuture.completedFuture(ErrorItems.refusal(wanted.errors()));
        }
        return wanted.errors().isEmpty()
                ? decide(view, wanted.request(), wanted.change(), edited(edit, wanted.change()))
                : rehearse(wanted.change().rehearsal(), edit, wanted.errors());
    }

    CompletionStage<Answer> rollback(DocumentView view, ChangeRequest request) {
        var fields = new BodyFields(request.body());
        var change = ChangeFields.read(request, fields, view.key() + "/rollback", RollbackFields.NAMES);
        var target = RollbackFields.read(fields);
        return fields.errors().isEmpty()
                ? decide(view, request, change, new Rollback(view.key(), target, change.precondition(), change.meta()))
                : CompletableFuture.completedFuture(ErrorItems.refusal(fields.errors()));
    }

    private CompletionStage<Answer> rehearse(
            ChangeFields change, Function<Precondition, DocumentEdit> edit, List<FieldError> errors) {
        return config.change(edited(edit, change), true).thenApply(reply -> {
            var all = new ArrayList<>(errors);
            if (reply instanceof ChangeReply.Decided decided && decided.outcome() instanceof Outcome.Invalid invalid) {
                all.addAll(change.inItsWords(invalid.errors()));
            }
            return ErrorItems.refusal(all);
        });
    }

    private static ConfigCommand edited(Function<Precondition, DocumentEdit> edit, ChangeFields change) {
        return new ChangeOne(edit.apply(change.precondition()), change.meta());
    }

    private CompletionStage<Answer> decide(
            DocumentView view, ChangeRequest request, ChangeFields change, ConfigCommand command) {
        var asked = new ChangeAnswers.Asked(view, request, change);
        return config.change(command, change.validateOnly()).thenCompose(reply -> answers.answer(asked, reply));
    }
}
