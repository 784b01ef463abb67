package io.tabot.http;

import static org.apache.pekko.http.javadsl.server.Directives.extractRequest;
import static org.apache.pekko.http.javadsl.server.Directives.get;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import io.tabot.signal.RecentSignals;
import io.tabot.signal.RecentSignals.Entry;
import io.tabot.signal.RecentSignals.Filter;
import io.tabot.signal.SignalJson;
import io.tabot.strategy.Decision;
import io.tabot.strategy.StrategyCatalog;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.server.Route;
import org.jspecify.annotations.Nullable;

/**
 * The signals that this process sent or withheld lately.
 *
 * <pre>
 * GET /api/v1/signals  the newest first; by symbol, strategy, timeframe and action
 * </pre>
 */
final class SignalRoutes {
    private static final int LIMIT = 50;
    private static final int LIMIT_MAX = 500;

    private static final List<String> ACTIONS =
            Arrays.stream(Decision.Action.values()).map(SignalRoutes::id).toList();
    private static final List<String> TIMEFRAMES =
            Arrays.stream(Timeframe.values()).map(Timeframe::id).toList();

    private final Api api;
    private final RecentSignals signals;
    private final StrategyCatalog catalog;

    SignalRoutes(Api api, RecentSignals signals, StrategyCatalog catalog) {
        this.api = api;
        this.signals = signals;
        this.catalog = catalog;
    }

    Route create() {
        return api.at("/api/v1/signals", () -> get(() -> extractRequest(request -> api.answer(list(request)))));
    }

    private Answer list(HttpRequest request) {
        var query = new QueryFields(request, "symbol", "strategy", "timeframe", "action", "limit", "cursor");
        var filter = new Filter(
                symbol(query),
                query.oneOf("strategy", id -> catalog.find(id).map(_ -> id), catalog.ids()),
                query.oneOf("timeframe", Timeframe::of, TIMEFRAMES),
                query.oneOf("action", SignalRoutes::action, ACTIONS));
        var limit = query.whole("limit", 1, LIMIT_MAX, LIMIT);
        var before = query.cursor(SignalRoutes::number);
        return query.refusal().orElseGet(() -> {
            var page = signals.query(filter, before, limit);
            var next = page.next();
            return Answer.ok(page.entries().stream().map(SignalRoutes::item).toList())
                    .with("count", page.entries().size())
                    .with("limit", limit)
                    .with("kept", signals.capacity())
                    .with("next", next == null ? null : Long.toString(next));
        });
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

    private static Optional<Long> number(String text) {
        return text.matches("\\d{1,18}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
    }
}
