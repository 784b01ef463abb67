package io.tabot.http;

import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.extractRequest;
import static org.apache.pekko.http.javadsl.server.Directives.get;

import io.tabot.config.ConfigState;
import io.tabot.config.ConfigView;
import io.tabot.config.DocumentKey;
import io.tabot.strategy.StrategyCatalog;
import io.tabot.strategy.StrategyDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.http.javadsl.server.Route;

/**
 * What strategies there are, and what can be set about them.
 *
 * <pre>
 * GET /api/v1/strategies                         all of them, in the order in which they run
 * GET /api/v1/strategies/{strategy_id}/schema    the parameters with type, bounds and meaning
 * GET /api/v1/strategies/{strategy_id}/defaults  the parameters with their defaults
 * </pre>
 */
final class StrategyRoutes {
    private static final String PATH = "/api/v1/strategies";

    private final Api api;
    private final StrategyCatalog catalog;
    private final ConfigView view;

    StrategyRoutes(Api api, StrategyCatalog catalog, ConfigView view) {
        this.api = api;
        this.catalog = catalog;
        this.view = view;
    }

    Route create() {
        return concat(
                api.at(PATH, () -> get(() -> answer(this::list))),
                api.at(PATH + "/{strategy_id}/schema", id -> get(() -> answer(() -> of(id, StrategyRoutes::schema)))),
                api.at(
                        PATH + "/{strategy_id}/defaults",
                        id -> get(() -> answer(() -> of(id, StrategyRoutes::defaults)))));
    }

    private Route answer(Supplier<Answer> answer) {
        return extractRequest(
                request -> api.answer(new QueryFields(request).refusal().orElseGet(answer)));
    }

    private Answer list() {
        var state = view.current().map(ConfigView.InForce::state);
        var items = catalog.strategies().stream()
                .map(strategy -> item(strategy.definition(), state))
                .toList();
        return Answer.ok(items).with("total_count", items.size()).with("endpoint", "list_strategies");
    }

    private static StrategyItem item(StrategyDefinition definition, Optional<ConfigState> state) {
        return StrategyItem.of(
                definition,
                state.flatMap(now -> now.document(DocumentKey.strategy(definition.id())))
                        .isPresent(),
                state.map(now -> overrides(now, definition.id())).orElse(List.of()));
    }

    private static List<String> overrides(ConfigState state, String id) {
        return state.documents().keySet().stream()
                .filter(key -> key.strategyId().filter(id::equals).isPresent())
                .flatMap(key -> key.symbol().stream())
                .sorted()
                .toList();
    }

    private Answer of(String id, Function<StrategyDefinition, Answer> show) {
        return catalog.find(id)
                .map(strategy -> show.apply(strategy.definition()).with("strategy_id", id))
                .orElseGet(() -> StrategyLayers.unknownStrategy(id, catalog));
    }

    private static Answer schema(StrategyDefinition definition) {
        var schema = definition.schema();
        var items = ParameterItem.listOf(schema);
        return Answer.ok(items).with("parameter_count", items.size()).with("rules", ParameterItem.rules(schema));
    }

    private static Answer defaults(StrategyDefinition definition) {
        var values = new LinkedHashMap<String, Object>();
        definition.schema().parameters().forEach(parameter -> values.put(parameter.name(), parameter.defaultValue()));
        return Answer.ok(values)
                .with("note", "These apply where neither the strategy nor the symbol has a value of its own.");
    }
}
