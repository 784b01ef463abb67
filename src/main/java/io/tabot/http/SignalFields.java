package io.tabot.http;

import io.tabot.market.Symbol;
import io.tabot.market.Timeframe;
import io.tabot.signal.RecentSignals.Filter;
import io.tabot.signal.SignalBounds;
import io.tabot.strategy.Decision;
import io.tabot.strategy.StrategyCatalog;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.jspecify.annotations.Nullable;

/** Which signals a request is about, by the parameters of its query. */
final class SignalFields {
    static final String SOURCE = "source";

    private static final List<String> FILTERS = List.of(
            "symbol",
            "strategy",
            "timeframe",
            "action",
            "since",
            "until",
            "from",
            "to",
            "min_confidence",
            "max_confidence",
            "revision",
            "published",
            SOURCE);

    private static final List<String> ACTIONS =
            Arrays.stream(Decision.Action.values()).map(SignalFields::id).toList();
    private static final List<String> TIMEFRAMES =
            Arrays.stream(Timeframe.values()).map(Timeframe::id).toList();

    private SignalFields() {}

    /** @param others that the route knows, too */
    static QueryFields of(HttpRequest request, String... others) {
        var names = new ArrayList<>(FILTERS);
        names.addAll(List.of(others));
        return new QueryFields(request, names.toArray(String[]::new));
    }

    static Filter filter(QueryFields query, StrategyCatalog catalog) {
        var revision = query.number("revision");
        return new Filter(
                symbol(query),
                query.oneOf("strategy", id -> catalog.find(id).map(_ -> id), catalog.ids()),
                query.oneOf("timeframe", Timeframe::of, TIMEFRAMES),
                query.oneOf("action", SignalFields::action, ACTIONS),
                query.instant("since"),
                query.instant("until"),
                new SignalBounds(
                        query.instant("from"),
                        query.instant("to"),
                        query.decimal("min_confidence", 0, 1),
                        query.decimal("max_confidence", 0, 1),
                        revision,
                        revision,
                        query.flag("published")));
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
}
