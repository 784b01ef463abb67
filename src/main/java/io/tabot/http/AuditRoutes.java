package io.tabot.http;

import static org.apache.pekko.http.javadsl.server.Directives.extractRequest;
import static org.apache.pekko.http.javadsl.server.Directives.get;

import io.tabot.config.AuditFilter;
import io.tabot.config.AuditFilter.Scope;
import io.tabot.config.ChangeMeta.Through;
import io.tabot.config.ConfigDiff.FieldDiff;
import io.tabot.config.ConfigEvent.Action;
import io.tabot.config.DocumentKey;
import io.tabot.http.AuditAnswers.Listing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;

/**
 * The history of everything, as far back as there is one.
 *
 * <pre>
 * GET /api/v1/audit             every change that matches, newest first, page by page
 * GET /api/v1/audit?format=csv  the same as one file, a line for each field
 * </pre>
 */
final class AuditRoutes {
    private static final List<String> FILTERS = List.of(
            "format",
            "changed_by",
            "who",
            "document",
            "action",
            "through",
            "strategy",
            "symbol",
            "since",
            "until",
            "reason");
    private static final List<String> FORMATS = List.of("json", "csv");
    private static final List<String> ACTIONS =
            Arrays.stream(Action.values()).map(Action::name).toList();
    private static final List<String> THROUGHS =
            Arrays.stream(Through.values()).map(Through::id).toList();

    /** One document's part in a change. */
    private record Item(
            String id,
            String document,
            @Nullable String strategyId,
            @Nullable String symbol,
            String action,
            @Nullable Map<String, @Nullable Object> before,
            @Nullable Map<String, @Nullable Object> after,
            String changedBy,
            @Nullable String actor,
            Instant changedAt,
            @Nullable String reason,
            long revision,
            @Nullable Long version,
            String through,
            @Nullable Long restoredRevision,
            List<FieldDiff> changes) {
        static Item of(AuditRow row) {
            var event = row.event();
            var document = row.change().document();
            return new Item(
                    row.id(),
                    document.path(),
                    document.strategyId().orElse(null),
                    document.symbol().orElse(null),
                    row.action().name(),
                    row.before(),
                    row.after(),
                    event.changedBy(),
                    event.actor(),
                    event.at(),
                    event.reason(),
                    event.revision(),
                    row.version(),
                    event.through().id(),
                    row.restoredRevision(),
                    row.differences());
        }
    }

    private final Api api;
    private final ConfigAccess config;
    private final AuditAnswers audits;
    private final AuditPages pages;

    AuditRoutes(Api api, ConfigAccess config) {
        this.api = api;
        this.config = config;
        this.audits = new AuditAnswers(config);
        this.pages = new AuditPages(config);
    }

    Route create() {
        return api.at("/api/v1/audit", () -> get(() -> extractRequest(this::audit)));
    }

    private Route audit(HttpRequest request) {
        var isFile =
                request.getUri().query().get("format").filter("csv"::equals).isPresent();
        if (isFile) {
            var query = fields(request);
            return api.download(csv(query, filter(query)));
        }
        var query = fields(request, "limit", "cursor");
        return api.answer(audits.answer(query, new Listing(filter(query), Item::of, "count")));
    }

    private static QueryFields fields(HttpRequest request, String... others) {
        var names = new ArrayList<>(FILTERS);
        names.addAll(List.of(others));
        return new QueryFields(request, names.toArray(String[]::new));
    }

    private static AuditFilter filter(QueryFields query) {
        var _ = query.oneOf("format", format -> Optional.of(format).filter(FORMATS::contains), FORMATS);
        var symbol = query.text(SymbolField.NAME);
        symbol.flatMap(SymbolField::check).ifPresent(query::refuse);
        var document =
                query.oneOf("document", DocumentKey::of, List.of("application", "strategy/<id>", "lifecycle/<id>"));
        return new AuditFilter(
                document == null ? new Scope.Everything() : new Scope.Tree(document),
                query.text("changed_by").orElse(null),
                query.text("who").orElse(null),
                query.oneOf("action", AuditRoutes::action, ACTIONS),
                query.oneOf("through", Through::of, THROUGHS),
                query.text("strategy").orElse(null),
                symbol.orElse(null),
                query.instant("since"),
                query.instant("until"),
                query.text("reason").orElse(null));
    }

    private CompletionStage<Download> csv(QueryFields query, AuditFilter filter) {
        var lines = new AuditCsv(config.environment(), filter);
        var name = "audit-" + config.environment() + ".csv";
        return query.refusal()
                .<CompletionStage<Download>>map(
                        answer -> CompletableFuture.completedFuture(new Download.Refused(answer)))
                .orElseGet(() -> pages.newestFirst(
                        filter,
                        events -> new Download.Lines(
                                name,
                                ContentTypes.TEXT_CSV_UTF8,
                                Source.single(AuditCsv.HEADER).concat(events.mapConcat(lines::lines)))));
    }

    private static Optional<Action> action(String name) {
        return Arrays.stream(Action.values())
                .filter(action -> action.name().equals(name.toUpperCase(Locale.ROOT)))
                .findFirst();
    }
}
