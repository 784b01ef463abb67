package io.tabot.http;

import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.extractRequest;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.post;

import io.tabot.config.AppConfig;
import io.tabot.config.AuditFilter;
import io.tabot.config.AuditFilter.Scope;
import io.tabot.config.DocumentEdit.UpdateApplication;
import io.tabot.config.DocumentKey;
import io.tabot.http.AuditAnswers.Listing;
import io.tabot.http.DocumentChanges.Wanted;
import java.util.LinkedHashMap;
import java.util.Map;
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
    private static final Listing LISTING = new Listing(
            AuditFilter.of(new Scope.One(DocumentKey.APPLICATION)), ApplicationAuditItem::of, "total_records");

    private final Api api;
    private final ConfigReads reads;
    private final ChangeRequests requests;
    private final DocumentChanges changes;
    private final AuditAnswers audits;

    ApplicationConfigRoutes(Api api, ConfigAccess config, ConfigReads reads, ChangeRequests requests) {
        this.api = api;
        this.reads = reads;
        this.requests = requests;
        this.changes = new DocumentChanges(config);
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
                inForce -> VIEW.show(inForce.state(), inForce.source()));
    }

    private CompletionStage<Answer> update(ChangeRequest request) {
        var fields = new BodyFields(request.body());
        var change = ChangeFields.read(request, fields, "application", AppConfig.FIELDS);
        var values = new LinkedHashMap<String, @Nullable Object>(request.body());
        values.keySet().retainAll(AppConfig.FIELDS);
        return changes.edit(
                VIEW,
                new Wanted(request, change, expected -> new UpdateApplication(values, expected), fields.errors()));
    }

    private CompletionStage<Answer> rollback(ChangeRequest request) {
        return changes.rollback(VIEW, request);
    }

    private Route audit() {
        return extractRequest(
                request -> api.answer(audits.answer(new QueryFields(request, "limit", "cursor"), LISTING)));
    }

    private static Answer refreshed() {
        return Answer.ok(Map.of("message", "Nothing to refresh"))
                .with("note", "Every node holds the configuration in force itself and hears of each change at once.");
    }
}
