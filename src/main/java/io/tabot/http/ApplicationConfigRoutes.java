package io.tabot.http;

import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.extractRequest;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.post;

import io.tabot.config.AppConfig;
import io.tabot.config.ChangeReply;
import io.tabot.config.ConfigCommand;
import io.tabot.config.ConfigCommand.ChangeOne;
import io.tabot.config.ConfigCommand.Rollback;
import io.tabot.config.DocumentEdit.UpdateApplication;
import io.tabot.config.DocumentKey;
import io.tabot.config.FieldError;
import io.tabot.config.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.server.Route;
import org.jspecify.annotations.Nullable;

/**
 * The application document: what runs, on what, within which bounds.
 *
 * <pre>
 * GET  /api/v1/config/application                what is in force
 * POST /api/v1/config/application                change some of its fields
 * GET  /api/v1/config/application/audit          its changes, newest first
 * POST /api/v1/config/application/rollback       bring back an earlier state, as a new change
 * POST /api/v1/config/application/restore        the same
 * POST /api/v1/config/application/cache/refresh  nothing: there is no cache that could be old
 * </pre>
 */
final class ApplicationConfigRoutes {
    private static final String PATH = "/api/v1/config/application";
    private static final DocumentView VIEW = ApplicationView.SHOWN;

    private final Api api;
    private final ConfigAccess config;
    private final ConfigReads reads;
    private final ChangeRequests requests;
    private final ChangeAnswers answers;
    private final AuditAnswers audits;

    ApplicationConfigRoutes(Api api, ConfigAccess config, ConfigReads reads, ChangeRequests requests) {
        this.api = api;
        this.config = config;
        this.reads = reads;
        this.requests = requests;
        this.answers = new ChangeAnswers(config);
        this.audits = new AuditAnswers(config);
    }

    Route create() {
        return concat(
                api.at(PATH, () -> concat(get(this::show), post(() -> requests.change(this::update)))),
                api.at(PATH + "/audit", () -> get(this::audit)),
                api.at(PATH + "/rollback", () -> post(() -> requests.change(this::rollback))),
                api.at(PATH + "/restore", () -> post(() -> requests.change(this::rollback))),
                api.at(PATH + "/cache/refresh", () -> post(() -> requests.command(refreshed()))));
    }

    private Route show() {
        return extractRequest(
                request -> api.answer(new QueryFields(request).refusal().orElseGet(() -> read(request))));
    }

    private Answer read(HttpRequest request) {
        return reads.read(
                request,
                state -> state.revisionOf(DocumentKey.APPLICATION),
                inForce -> VIEW.show(
                        inForce.state().document(DocumentKey.APPLICATION).orElse(null), inForce.source()));
    }

    private CompletionStage<Answer> update(ChangeRequest request) {
        var fields = new BodyFields(request.body());
        var change = ChangeFields.read(request, fields, "application", AppConfig.FIELDS);
        var values = new LinkedHashMap<String, @Nullable Object>(request.body());
        values.keySet().retainAll(AppConfig.FIELDS);
        return fields.errors().isEmpty()
                ? decide(request, change, update(values, change))
                : rehearse(fields.errors(), values, change.rehearsal());
    }

    private static ConfigCommand update(Map<String, @Nullable Object> values, ChangeFields change) {
        return new ChangeOne(new UpdateApplication(values, change.precondition()), change.meta());
    }

    /** The body is refused anyway; what the rules find in the rest of it is told at the same time. */
    private CompletionStage<Answer> rehearse(
            List<FieldError> errors, Map<String, @Nullable Object> values, ChangeFields rehearsal) {
        return config.change(update(values, rehearsal), true).thenApply(reply -> {
            var all = new ArrayList<>(errors);
            if (reply instanceof ChangeReply.Decided decided && decided.outcome() instanceof Outcome.Invalid invalid) {
                all.addAll(invalid.errors());
            }
            return ErrorItems.refusal(all);
        });
    }

    private CompletionStage<Answer> rollback(ChangeRequest request) {
        var fields = new BodyFields(request.body());
        var change = ChangeFields.read(request, fields, "application/rollback", RollbackFields.NAMES);
        var target = RollbackFields.read(fields);
        return fields.errors().isEmpty()
                ? decide(
                        request,
                        change,
                        new Rollback(DocumentKey.APPLICATION, target, change.precondition(), change.meta()))
                : CompletableFuture.completedFuture(ErrorItems.refusal(fields.errors()));
    }

    private CompletionStage<Answer> decide(ChangeRequest request, ChangeFields change, ConfigCommand command) {
        var asked = new ChangeAnswers.Asked(VIEW, request, change.validateOnly());
        return config.change(command, change.validateOnly()).thenCompose(reply -> answers.answer(asked, reply));
    }

    private Route audit() {
        return extractRequest(request -> api.answer(audits.answer(request, DocumentKey.APPLICATION)));
    }

    private static Answer refreshed() {
        return Answer.ok(Map.of("message", "Nothing to refresh"))
                .with("note", "Every node holds the configuration in force itself and hears of each change at once.");
    }
}
