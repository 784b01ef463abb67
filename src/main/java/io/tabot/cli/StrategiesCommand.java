package io.tabot.cli;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tabot.config.Nearest;
import io.tabot.http.ParameterItem;
import io.tabot.http.RuleText;
import io.tabot.http.StrategyItem;
import io.tabot.strategy.Strategy;
import io.tabot.strategy.StrategyCatalog;
import io.tabot.strategy.StrategyDefinition;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists the catalog: what strategies there are, or all about some of them. */
@Command(
        name = "strategies",
        description = "List the strategies, or tell the rule and the parameters of some.",
        footer = {
            "",
            "Parameters change the rule at run time, for all symbols or for one. docs/strategies.md has the same with"
                    + " an example of each on real candles."
        })
final class StrategiesCommand implements Callable<Integer> {
    private final OutputStream out;
    private final StrategyCatalog catalog;

    @Option(names = "--json", description = "As JSON, parameters and rules included.")
    private boolean isJson;

    @Parameters(arity = "0..*", paramLabel = "ID", description = "Only these, in full.")
    private List<String> ids = List.of();

    /** The shape of GET /api/v1/strategies, with what has a route of its own there. */
    private record Described(
            @JsonUnwrapped StrategyItem item, String rule, List<ParameterItem> parameters, List<String> rules) {
        static Described of(StrategyDefinition definition) {
            return new Described(
                    StrategyItem.of(definition, false, List.of()),
                    RuleText.of(definition.id()),
                    ParameterItem.listOf(definition.schema()),
                    ParameterItem.rules(definition.schema()));
        }
    }

    StrategiesCommand(OutputStream out, StrategyCatalog catalog) {
        this.out = out;
        this.catalog = catalog;
    }

    @Override
    public Integer call() throws IOException {
        var chosen = ids.isEmpty()
                ? catalog.strategies().stream().map(Strategy::definition).toList()
                : ids.stream().map(this::definition).toList();
        out.write((isJson ? json(chosen) : text(chosen)).getBytes(StandardCharsets.UTF_8));
        out.flush();
        return 0;
    }

    private StrategyDefinition definition(String id) {
        return catalog.find(id).map(Strategy::definition).orElseThrow(() -> unknown(id));
    }

    private UserError unknown(String id) {
        var nearest = Nearest.of(id, catalog.ids())
                .map(name -> " (did you mean " + name + "?)")
                .orElse("");
        return new UserError("there is no strategy " + id + nearest);
    }

    private static String json(List<StrategyDefinition> definitions) throws IOException {
        var mapper = JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build();
        return mapper.writeValueAsString(definitions.stream().map(Described::of).toList()) + "\n";
    }

    private String text(List<StrategyDefinition> definitions) {
        return ids.isEmpty()
                ? overview(definitions)
                : definitions.stream().map(StrategiesCommand::page).collect(Collectors.joining("\n"));
    }

    private static String overview(List<StrategyDefinition> definitions) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("ID", "SIDE", "CANDLES", "TIMEFRAMES", "PARAMETERS", "IDEA"));
        for (var definition : definitions) {
            rows.add(List.of(
                    definition.id(),
                    CatalogText.side(definition),
                    String.valueOf(definition.candlesMin()),
                    CatalogText.timeframes(definition),
                    String.valueOf(definition.schema().parameters().size()),
                    definition.description()));
        }
        return TextTable.of(rows);
    }

    private static String page(StrategyDefinition definition) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("PARAMETER", "TYPE", "DEFAULT", "FROM", "TO", "UNIT", "MEANING"));
        for (var item : ParameterItem.listOf(definition.schema())) {
            rows.add(List.of(
                    item.name(),
                    item.type(),
                    CatalogText.value(item.defaultValue()),
                    CatalogText.value(item.min()),
                    CatalogText.value(item.max()),
                    item.unit(),
                    CatalogText.meaning(item)));
        }
        var rules = ParameterItem.rules(definition.schema()).stream()
                .map(rule -> rule + "\n")
                .collect(Collectors.joining());
        var text = RuleText.of(definition.id()).replace("`", "").replace("**", "");
        return definition.name() + " (" + definition.id() + "): " + CatalogText.side(definition) + ", at least "
                + definition.candlesMin() + " candles, timeframes: " + CatalogText.timeframes(definition) + "\n\n"
                + text + "\n" + TextTable.of(rows) + rules;
    }
}
