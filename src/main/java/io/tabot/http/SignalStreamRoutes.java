package io.tabot.http;

import static org.apache.pekko.http.javadsl.server.Directives.extractRequest;
import static org.apache.pekko.http.javadsl.server.Directives.get;
import static org.apache.pekko.http.javadsl.server.Directives.withoutRequestTimeout;

import io.tabot.http.Streams.Kind;
import io.tabot.market.Timeframe;
import io.tabot.signal.LiveSignal;
import io.tabot.strategy.Decision.Action;
import io.tabot.strategy.StrategyCatalog;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.server.Route;

/**
 * Signals as they go out.
 *
 * <pre>
 * GET /api/v1/signals/stream  server-sent events, or a WebSocket; by symbol, strategy, timeframe and action
 * </pre>
 */
final class SignalStreamRoutes {
    private static final List<String> FILTERS = List.of("symbol", "strategy", "timeframe", "action");
    private static final List<String> ACTIONS =
            Arrays.stream(Action.values()).map(SignalStreamRoutes::id).toList();
    private static final List<String> TIMEFRAMES =
            Arrays.stream(Timeframe.values()).map(Timeframe::id).toList();

    private final Api api;
    private final Streams streams;
    private final StrategyCatalog catalog;
    private final Kind<LiveSignal> kind;

    SignalStreamRoutes(Api api, Streams streams, HttpApi.Parts parts) {
        this.api = api;
        this.streams = streams;
        this.catalog = parts.catalog();
        this.kind = new Kind<>(Streams.SIGNALS, "signal", parts.liveSignals(), SignalStreamRoutes::text);
    }

    Route create() {
        return api.at(
                "/api/v1/signals/stream",
                () -> get(() -> withoutRequestTimeout(() -> extractRequest(request -> api.stream(open(request))))));
    }

    private CompletionStage<StreamAnswer> open(HttpRequest request) {
        var query = Streams.query(request, FILTERS);
        var filter = filter(query);
        return streams.open(request, query, kind, filter);
    }

    private Predicate<LiveSignal> filter(QueryFields query) {
        var symbol = query.text(SymbolField.NAME).orElse(null);
        Optional.ofNullable(symbol).flatMap(SymbolField::check).ifPresent(query::refuse);
        var strategy = query.oneOf("strategy", id -> catalog.find(id).map(_ -> id), catalog.ids());
        var timeframe = query.oneOf("timeframe", Timeframe::of, TIMEFRAMES);
        var action = query.oneOf("action", SignalStreamRoutes::action, ACTIONS);
        return signal -> (symbol == null || symbol.equals(signal.symbol().name()))
                && (strategy == null || strategy.equals(signal.strategyId()))
                && (timeframe == null || timeframe == signal.timeframe())
                && (action == null || action == signal.action());
    }

    /** In the shape of the list of signals. */
    private static String text(LiveSignal signal) {
        var json = Json.object(signal.json().get());
        json.put("published", signal.withheld() == null);
        json.put("withheld", signal.withheld());
        return new String(Json.write(json), StandardCharsets.UTF_8);
    }

    private static Optional<Action> action(String id) {
        return Arrays.stream(Action.values())
                .filter(action -> id(action).equals(id))
                .findFirst();
    }

    private static String id(Action action) {
        return action.name().toLowerCase(Locale.ROOT);
    }
}
