package io.tabot.http;

import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.extractRequest;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.post;

import io.tabot.config.Audit;
import io.tabot.config.DocumentEdit.MoveLifecycle;
import io.tabot.config.DocumentKey;
import io.tabot.config.Lifecycle;
import io.tabot.http.DocumentChanges.Wanted;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.server.Route;
import org.jspecify.annotations.Nullable;

/**
 * The stages of a strategy's life.
 *
 * <pre>
 * GET  /api/v1/strategies/{strategy_id}/lifecycle             the newest transitions, oldest first
 * POST /api/v1/strategies/{strategy_id}/lifecycle/transition  move it to another stage
 * </pre>
 */
final class LifecycleRoutes {
    private static final String PATH = "/api/v1/strategies/{strategy_id}/lifecycle";
    private static final String TO_STATE = "to_state";
    private static final List<String> NAMES = List.of(TO_STATE, "decision_id", "reasoning_context");
    private static final List<String> FLAGS = List.of("true", "false");
    private static final int LIMIT = 500;
    private static final int LIMIT_MAX = 1_000;
    private static final int CREATED = 201;

    private record History(
            String strategyId, @Nullable String currentState, List<LifecycleEvent> events, String cioJoinStatus) {}

    private final Api api;
    private final ConfigAccess config;
    private final ChangeRequests requests;
    private final StrategyLayers layers;
    private final DocumentChanges changes;

    LifecycleRoutes(Api api, ConfigAccess config, ChangeRequests requests, StrategyLayers layers) {
        this.api = api;
        this.config = config;
        this.requests = requests;
        this.layers = layers;
        this.changes = new DocumentChanges(config);
    }

    Route create() {
        return concat(
                api.at(PATH, id -> get(() -> extractRequest(request -> api.answer(history(request, id))))),
                api.at(
                        PATH + "/transition",
                        id -> post(() ->
                                requests.change(request -> layers.answer(id, null, _ -> transition(id, request))))));
    }

    private CompletionStage<Answer> history(HttpRequest request, String id) {
        // Callers of the Python bot ask for what another service knows of the decisions; none is asked here.
        var query = new QueryFields(request, "join_cio", "limit", "cursor");
        var _ = query.oneOf("join_cio", text -> Optional.of(text).filter(FLAGS::contains), FLAGS);
        var limit = query.whole("limit", 1, LIMIT_MAX, LIMIT);
        var cursor = query.cursor(AuditCursor::parse);
        return query.refusal()
                .<CompletionStage<Answer>>map(CompletableFuture::completedFuture)
                .orElseGet(() -> layers.answer(id, null, _ -> read(id, cursor, limit)));
    }

    private CompletionStage<Answer> read(String id, @Nullable AuditCursor cursor, int limit) {
        var before = cursor == null ? null : cursor.revision();
        return config.audit(Audit.Query.of(DocumentKey.lifecycle(id), before, limit))
                .thenApply(reply -> switch (reply) {
                    case Audit.Page page -> history(id, limit, page, cursor == null);
                    case Audit.Unavailable(var reason) -> Answer.refused(ErrorCode.UNAVAILABLE, reason);
                });
    }

    private Answer history(String id, int limit, Audit.Page page, boolean isNewest) {
        var events = page.events().reversed().stream()
                .flatMap(event -> LifecycleEvent.of(config.environment(), id, event).stream())
                .toList();
        var current = isNewest && !events.isEmpty() ? events.getLast().toState() : current(id);
        var next = page.next();
        return Answer.ok(new History(id, current, events, "not_attempted"))
                .with("event_count", events.size())
                .with("limit", limit)
                .with("next", next == null ? null : new AuditCursor(next, null).toString());
    }

    private @Nullable String current(String id) {
        return config.inForce()
                .flatMap(inForce -> inForce.state().document(DocumentKey.lifecycle(id)))
                .map(stored -> Lifecycle.from(stored.value()).to())
                .orElse(null);
    }

    private CompletionStage<Answer> transition(String id, ChangeRequest request) {
        var view = LifecycleEvent.newestOf(id);
        var fields = new BodyFields(request.body());
        var change = ChangeFields.read(request, fields, view.key().path(), NAMES, "transitioned_by");
        var to = fields.required(TO_STATE, "");
        var decision = fields.text("decision_id");
        var reasoning = fields.text("reasoning_context");
        var wanted = new Wanted(
                request,
                change,
                to.isEmpty() && !fields.errors().isEmpty()
                        ? null
                        : expected -> new MoveLifecycle(id, to, decision, reasoning, expected),
                fields.errors());
        return changes.edit(view, wanted).thenApply(LifecycleRoutes::made);
    }

    private static Answer made(Answer answer) {
        if (!(answer.data() instanceof LifecycleEvent event)) {
            return answer;
        }
        var from = event.fromState() == null ? "None" : event.fromState();
        var made = answer.with("transition", from + " \u2192 " + event.toState());
        return Boolean.TRUE.equals(answer.metadata().get("changes_applied")) ? made.status(CREATED) : made;
    }
}
