package io.tabot.http;

import static org.apache.pekko.http.javadsl.server.Directives.extractRequest;
import static org.apache.pekko.http.javadsl.server.Directives.get;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import io.tabot.signal.RecentSignals;
import io.tabot.signal.RecentSignals.Entry;
import io.tabot.signal.RecentSignals.Filter;
import io.tabot.signal.SignalArchive;
import io.tabot.signal.SignalArchive.Place;
import io.tabot.signal.SignalJson;
import io.tabot.strategy.Decision;
import io.tabot.strategy.StrategyCatalog;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.server.Route;
import org.jspecify.annotations.Nullable;

/**
 * The signals that this process sent or withheld lately, or all that were sent where they are archived.
 *
 * <pre>
 * GET /api/v1/signals  the newest first; by symbol, strategy, timeframe, action and time
 * </pre>
 */
final class SignalRoutes {
    private static final int LIMIT = 50;
    private static final int LIMIT_MAX = 500;
    private static final String UNREADABLE =
            "the archive of signals can't be read; try again, or ask for the newest of this process with source=memory";

    private static final List<String> ACTIONS =
            Arrays.stream(Decision.Action.values()).map(SignalRoutes::id).toList();
    private static final List<String> TIMEFRAMES =
            Arrays.stream(Timeframe.values()).map(Timeframe::id).toList();

    /** The signals that this process remembers, as opposed to an archive. */
    private static final String MEMORY = "memory";

    private final Api api;
    private final String environment;
    private final RecentSignals signals;
    private final Optional<SignalArchive> archive;
    private final StrategyCatalog catalog;

    SignalRoutes(Api api, HttpApi.Parts parts) {
        this.api = api;
        this.environment = parts.environment();
        this.signals = parts.signals();
        this.archive = parts.archive();
        this.catalog = parts.catalog();
    }

    Route create() {
        return api.at("/api/v1/signals", () -> get(() -> extractRequest(request -> api.answer(list(request)))));
    }

    private CompletionStage<Answer> list(HttpRequest request) {
        var query = new QueryFields(
                request, "symbol", "strategy", "timeframe", "action", "since", "until", "source", "limit", "cursor");
        var filter = new Filter(
                symbol(query),
                query.oneOf("strategy", id -> catalog.find(id).map(_ -> id), catalog.ids()),
                query.oneOf("timeframe", Timeframe::of, TIMEFRAMES),
                query.oneOf("action", SignalRoutes::action, ACTIONS),
                query.instant("since"),
                query.instant("until"));
        var limit = query.whole("limit", 1, LIMIT_MAX, LIMIT);
        var known = Stream.concat(archive.map(SignalArchive::name).stream(), Stream.of(MEMORY))
                .toList();
        var source = query.oneOf("source", name -> Optional.of(name).filter(known::contains), known);
        return archive.isEmpty() || MEMORY.equals(source)
                ? CompletableFuture.completedFuture(remembered(query, filter, limit))
                : archived(archive.get(), query, filter, limit);
    }

    private Answer remembered(QueryFields query, Filter filter, int limit) {
        var before = query.cursor(SignalRoutes::number);
        return query.refusal().orElseGet(() -> {
            var page = signals.query(filter, before, limit);
            var next = page.next();
            var items = page.entries().stream().map(SignalRoutes::item).toList();
            return answer(items, limit, MEMORY, next == null ? null : Long.toString(next))
                    .with("kept", signals.capacity());
        });
    }

    private CompletionStage<Answer> archived(SignalArchive archive, QueryFields query, Filter filter, int limit) {
        var before = query.cursor(SignalRoutes::place);
        return query.refusal()
                .<CompletionStage<Answer>>map(CompletableFuture::completedFuture)
                .orElseGet(() -> archive.find(environment, filter, before, limit)
                        .handle((page, failure) -> failure == null
                                ? answer(
                                        page.json().stream()
                                                .map(SignalRoutes::sent)
                                                .toList(),
                                        limit,
                                        archive.name(),
                                        page.next() == null ? null : text(page.next()))
                                : Answer.refused(ErrorCode.UNAVAILABLE, UNREADABLE)));
    }

    private static Answer answer(List<ObjectNode> items, int limit, String source, @Nullable String next) {
        return Answer.ok(items)
                .with("count", items.size())
                .with("limit", limit)
                .with("source", source)
                .with("next", next);
    }

    /** An archive has only what went out. */
    private static ObjectNode sent(String signal) {
        var json = Json.object(signal.getBytes(StandardCharsets.UTF_8));
        json.put("published", true);
        json.putNull("withheld");
        return json;
    }

    /** As consumers get it, and what became of it. */
    private static ObjectNode item(Entry entry) {
        var json = Json.object(SignalJson.bytes(entry.signal(), entry.at()));
        json.put("published", entry.publication().published());
        json.put("withheld", entry.publication().withheld());
        return json;
    }

    private static @Nullable Symbol symbol(QueryFields query) {
        var name = query.text("symbol");
        var error = name.flatMap(SymbolField::check);
        error.ifPresent(query::refuse);
        return error.isPresent() ? null : name.map(Symbol::new).orElse(null);
    }

    private static Optional<Decision.Action> action(String id) {
        return Arrays.stream(Decision.Action.values())
                .filter(action -> id(action).equals(id))
                .findFirst();
    }

    private static String id(Decision.Action action) {
        return action.name().toLowerCase(Locale.ROOT);
    }

    private static String text(Place place) {
        return place.sentAt().toEpochMilli() + "-" + place.number();
    }

    private static Optional<Place> place(String text) {
        var parts = text.split("-", -1);
        return parts.length == 2
                        && number(parts[0]).isPresent()
                        && number(parts[1]).isPresent()
                ? Optional.of(new Place(Instant.ofEpochMilli(Long.parseLong(parts[0])), Long.parseLong(parts[1])))
                : Optional.empty();
    }

    private static Optional<Long> number(String text) {
        return text.matches("\\d{1,18}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
    }
}
