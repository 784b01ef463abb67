package io.tabot.http;

import static org.apache.pekko.http.javadsl.server.Directives.extractRequest;
import static org.apache.pekko.http.javadsl.server.Directives.get;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tabot.signal.PastSignals;
import io.tabot.signal.RecentSignals.Filter;
import io.tabot.signal.RememberedSignals;
import io.tabot.signal.SignalArchive;
import io.tabot.signal.SignalStore;
import io.tabot.signal.SignalStore.Kept;
import io.tabot.signal.SignalStore.Page;
import io.tabot.signal.SignalStore.Place;
import io.tabot.strategy.StrategyCatalog;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Source;

/**
 * Signals of the past, from wherever they are kept.
 *
 * <pre>
 * GET /api/v1/signals  the newest first; by what they say, when they were sent and what became of them; with
 * ?format=csv
 *                      all of them as a file
 * </pre>
 */
final class SignalRoutes {
    private static final int LIMIT = 50;
    private static final int LIMIT_MAX = 500;
    private static final String UNREADABLE = " can't be read; try again, or ask for the newest of this process with"
            + " source=" + RememberedSignals.NAME;
    private static final List<String> FORMATS = List.of("json", "csv");

    private final Api api;
    private final String environment;
    private final int capacity;
    private final PastSignals past;
    private final StrategyCatalog catalog;

    SignalRoutes(Api api, HttpApi.Parts parts) {
        this.api = api;
        this.environment = parts.environment();
        this.capacity = parts.signals().capacity();
        this.past = SignalLookup.all(parts);
        this.catalog = parts.catalog();
    }

    Route create() {
        return api.at("/api/v1/signals", () -> get(() -> extractRequest(this::signals)));
    }

    private Route signals(HttpRequest request) {
        var isFile =
                request.getUri().query().get("format").filter("csv"::equals).isPresent();
        return isFile ? api.download(file(request)) : api.answer(list(request));
    }

    private CompletionStage<Answer> list(HttpRequest request) {
        var query = SignalFields.of(request, "format", "limit", "cursor");
        var _ = query.oneOf("format", format -> Optional.of(format).filter(FORMATS::contains), FORMATS);
        var filter = SignalFields.filter(query, catalog);
        var limit = query.whole("limit", 1, LIMIT_MAX, LIMIT);
        var store = store(query, filter);
        var before = query.cursor(SignalRoutes::place);
        return query.refusal()
                .<CompletionStage<Answer>>map(CompletableFuture::completedFuture)
                .orElseGet(() -> store.find(environment, filter, before, limit)
                        .handle((page, failure) -> failure == null
                                ? answer(store, page, limit)
                                : Answer.refused(ErrorCode.UNAVAILABLE, store.name() + UNREADABLE)));
    }

    private CompletionStage<Download> file(HttpRequest request) {
        var query = SignalFields.of(request, "format");
        var filter = SignalFields.filter(query, catalog);
        var store = store(query, filter);
        return query.refusal()
                .<CompletionStage<Download>>map(
                        answer -> CompletableFuture.completedFuture(new Download.Refused(answer)))
                .orElseGet(() -> store.find(environment, filter, null, LIMIT_MAX)
                        .handle((page, failure) -> failure == null
                                ? file(store, filter, page)
                                : new Download.Refused(
                                        Answer.refused(ErrorCode.UNAVAILABLE, store.name() + UNREADABLE))));
    }

    /** Page after page as they are taken. */
    private Download file(SignalStore store, Filter filter, Page first) {
        Source<Page, NotUsed> rest = Source.unfoldAsync(
                Optional.ofNullable(first.next()),
                before -> before.isEmpty()
                        ? CompletableFuture.completedStage(Optional.empty())
                        : store.find(environment, filter, before.get(), LIMIT_MAX)
                                .thenApply(page -> Optional.of(Pair.create(Optional.ofNullable(page.next()), page))));
        var lines = Source.single(first)
                .concat(rest)
                .mapConcat(page -> page.signals().stream().map(SignalCsv::line).toList());
        return new Download.Lines(
                "signals-" + environment + ".csv",
                ContentTypes.TEXT_CSV_UTF8,
                Source.single(SignalCsv.HEADER).concat(lines));
    }

    /** An archive unless told otherwise; but what was withheld is in the memory of this process alone. */
    private SignalStore store(QueryFields query, Filter filter) {
        var wanted = query.oneOf(SignalFields.SOURCE, past::named, past.names());
        if (wanted != null) {
            return wanted;
        }
        var isWithheld = Boolean.FALSE.equals(filter.bounds().published());
        return past.stores().stream()
                .filter(store -> !isWithheld && store instanceof SignalArchive)
                .findFirst()
                .orElseGet(() -> past.named(RememberedSignals.NAME).orElseThrow());
    }

    private Answer answer(SignalStore store, Page page, int limit) {
        var items = page.signals().stream().map(SignalRoutes::item).toList();
        var answer = Answer.ok(items)
                .with("count", items.size())
                .with("limit", limit)
                .with("source", store.name())
                .with("next", page.next() == null ? null : text(page.next()));
        return store.name().equals(RememberedSignals.NAME) ? answer.with("kept", capacity) : answer;
    }

    /** As consumers get it, and what became of it. */
    static ObjectNode item(Kept kept) {
        var json = Json.object(kept.json().getBytes(StandardCharsets.UTF_8));
        json.put("published", kept.withheld() == null);
        json.put("withheld", kept.withheld());
        return json;
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
