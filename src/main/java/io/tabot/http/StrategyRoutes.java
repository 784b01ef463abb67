package io.tabot.http;

import static org.apache.pekko.http.javadsl.server.Directives.concat;
import static org.apache.pekko.http.javadsl.server.Directives.extractRequest;
import static org.apache.pekko.http.javadsl.server.Directives.get;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tabot.config.ConfigState;
import io.tabot.config.ConfigView;
import io.tabot.config.DocumentKey;
import io.tabot.config.Nearest;
import io.tabot.market.Timeframe;
import io.tabot.strategy.Parameter;
import io.tabot.strategy.ParameterSchema;
import io.tabot.strategy.RuleSet;
import io.tabot.strategy.StrategyCatalog;
import io.tabot.strategy.StrategyDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.http.javadsl.server.Route;
import org.jspecify.annotations.Nullable;

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

    private record Item(
            String strategyId,
            String name,
            String description,
            String category,
            String direction,
            List<String> timeframes,
            int minCandles,
            boolean hasGlobalConfig,
            List<String> symbolOverrides,
            int parameterCount) {}

    private record ParameterItem(
            String name,
            String type,
            String description,
            String unit,

            @JsonProperty("default") Object defaultValue,

            @Nullable Double min,
            @Nullable Double max,
            @Nullable List<Object> allowedValues,
            Object example,
            List<String> ruleSets) {}

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

    private static Item item(StrategyDefinition definition, Optional<ConfigState> state) {
        return new Item(
                definition.id(),
                definition.name(),
                definition.description(),
                definition.category(),
                definition.direction().name().toLowerCase(Locale.ROOT),
                definition.timeframes().stream().sorted().map(Timeframe::id).toList(),
                definition.candlesMin(),
                state.flatMap(now -> now.document(DocumentKey.strategy(definition.id())))
                        .isPresent(),
                state.map(now -> overrides(now, definition.id())).orElse(List.of()),
                definition.schema().parameters().size());
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
                .orElseGet(() -> Answer.refused(Problem.of(
                        ErrorCode.NOT_FOUND,
                        "there is no strategy of that name",
                        Nearest.of(id, catalog.ids())
                                        .map(nearest -> "did you mean " + nearest + "? ")
                                        .orElse("")
                                + "GET " + PATH + " lists all")));
    }

    private static Answer schema(StrategyDefinition definition) {
        var schema = definition.schema();
        var items = schema.parameters().stream()
                .map(parameter -> item(parameter, schema))
                .toList();
        return Answer.ok(items).with("parameter_count", items.size()).with("rules", rules(schema));
    }

    private static List<String> rules(ParameterSchema schema) {
        return schema.orders().stream()
                .map(order -> order.lesser().name() + " must be less than "
                        + order.greater().name())
                .toList();
    }

    private static ParameterItem item(Parameter parameter, ParameterSchema schema) {
        var isSwitch = parameter.type() == Parameter.Type.BOOLEAN;
        return new ParameterItem(
                parameter.name(),
                parameter.type().id(),
                parameter.description(),
                parameter.unit(),
                parameter.defaultValue(),
                isSwitch ? null : parameter.minimum(),
                isSwitch ? null : parameter.maximum(),
                null,
                parameter.defaultValue(),
                schema.ruleSets(parameter).stream().map(RuleSet::id).toList());
    }

    private static Answer defaults(StrategyDefinition definition) {
        var values = new LinkedHashMap<String, Object>();
        definition.schema().parameters().forEach(parameter -> values.put(parameter.name(), parameter.defaultValue()));
        return Answer.ok(values)
                .with("note", "These apply where neither the strategy nor the symbol has a value of its own.");
    }
}
