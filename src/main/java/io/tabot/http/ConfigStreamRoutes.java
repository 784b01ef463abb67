package io.tabot.http;

import static org.apache.pekko.http.javadsl.server.Directives.extractRequest;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.withoutRequestTimeout;

import io.tabot.config.AuditFilter;
import io.tabot.config.AuditFilter.Scope;
import io.tabot.config.ConfigDiff;
import io.tabot.config.ConfigEvent;
import io.tabot.config.ConfigEvent.Action;
import io.tabot.config.DocumentKey;
import io.tabot.http.Streams.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.server.Route;
import org.jspecify.annotations.Nullable;

/**
 * The changes of the configuration, each as it comes into force on this node.
 *
 * <pre>
 * GET /api/v1/config/stream  server-sent events, or a WebSocket; from any revision of the past on
 * </pre>
 */
final class ConfigStreamRoutes {
    private static final List<String> FILTERS = List.of("document", "strategy", "symbol");

    /** One change, whole, whatever part of it was asked for. */
    private record Change(
            String id,
            long revision,
            Instant changedAt,
            String changedBy,
            @Nullable String actor,
            String through,
            @Nullable String reason,
            Action action,
            @Nullable Long restoredRevision,
            List<Diffs.Item> documents,
            String hash) {
        static Change of(String environment, ConfigEvent event) {
            var restored = event.restored();
            return new Change(
                    event.auditId(environment),
                    event.revision(),
                    event.at(),
                    event.changedBy(),
                    event.actor(),
                    event.through().id(),
                    event.reason(),
                    event.action(),
                    restored == null ? null : restored.revision(),
                    Diffs.of(ConfigDiff.of(event)),
                    event.hash());
        }
    }

    private final Api api;
    private final Streams streams;
    private final Kind<ConfigEvent> kind;

    ConfigStreamRoutes(Api api, Streams streams, ConfigLog log, String environment) {
        this.api = api;
        this.streams = streams;
        this.kind = new Kind<>(Streams.CONFIG, "change", log, event -> text(environment, event));
    }

    Route create() {
        return api.at(
                "/api/v1/config/stream",
                () -> get(() -> withoutRequestTimeout(() -> extractRequest(request -> api.stream(open(request))))));
    }

    private CompletionStage<StreamAnswer> open(HttpRequest request) {
        var query = Streams.query(request, FILTERS);
        var filter = filter(query);
        return streams.open(request, query, kind, filter::matches);
    }

    private static AuditFilter filter(QueryFields query) {
        var symbol = query.text(SymbolField.NAME);
        symbol.flatMap(SymbolField::check).ifPresent(query::refuse);
        var document =
                query.oneOf("document", DocumentKey::of, List.of("application", "strategy/<id>", "lifecycle/<id>"));
        return new AuditFilter(
                document == null ? new Scope.Everything() : new Scope.Tree(document),
                null,
                null,
                null,
                null,
                query.text("strategy").orElse(null),
                symbol.orElse(null),
                null,
                null,
                null);
    }

    private static String text(String environment, ConfigEvent event) {
        return new String(Json.write(Change.of(environment, event)), StandardCharsets.UTF_8);
    }
}
