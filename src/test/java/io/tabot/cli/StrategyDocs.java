package io.tabot.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tabot.cli.Firings.Firing;
import io.tabot.cli.Firings.Measured;
import io.tabot.http.ParameterItem;
import io.tabot.http.RuleText;
import io.tabot.signal.Signal;
import io.tabot.strategy.Decision.Action;
import io.tabot.strategy.RuleSet;
import io.tabot.strategy.Strategy;
import io.tabot.strategy.StrategyDefinition;
import io.tabot.testing.Configs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The page of strategies and its drawings, made from the catalog, the texts of the rules, and what fires. */
final class StrategyDocs {
    private static final Path PAGE = Path.of("strategies.md");

    private static final String RATES =
            "How often a rule fires is counted with default parameters on the candles of the demo, with a full"
                    + " window: %s. One that is silent there is counted on generated candles. Each drawing is of the"
                    + " signal in the middle of those counted, among those whose stop loss and take profit are the"
                    + " rule's own if there are any; hollow candles rise, grey bars are volume.";

    private final Firings firings = new Firings();

    /** By path below docs/. */
    Map<Path, String> files() {
        var files = new TreeMap<Path, String>();
        var definitions =
                Configs.CATALOG.strategies().stream().map(Strategy::definition).toList();
        var page = new StringBuilder(introduction())
                .append("\n")
                .append(wrapped(RATES.formatted(series(firings.demo()))))
                .append("\n");
        page.append('\n').append(overview(definitions));
        for (var definition : definitions) {
            var measured = firings.of(definition);
            var example = example(measured);
            page.append('\n').append(section(definition, measured));
            example.ifPresent(firing -> files.put(drawing(definition), SignalChart.of(firing)));
        }
        files.put(PAGE, page.toString());
        return files;
    }

    private static String introduction() {
        try (var text = StrategyDocs.class.getResourceAsStream("/docs/strategies-introduction.md")) {
            return new String(text.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String overview(List<StrategyDefinition> definitions) {
        var rows = definitions.stream()
                .map(definition -> "| [%s](#%s) | %s | %s | %d | %s |\n"
                        .formatted(
                                definition.id(),
                                definition.id(),
                                CatalogText.side(definition),
                                CatalogText.timeframes(definition),
                                definition.candlesMin(),
                                definition.description()))
                .collect(Collectors.joining());
        return "| Strategy | Says | Timeframes | Candles | Idea |\n|---|---|---|---|---|\n" + rows;
    }

    private static String section(StrategyDefinition definition, Measured measured) {
        var drawing = example(measured)
                .map(firing -> "![%s](%s)\n\n".formatted(caption(firing), drawing(definition)))
                .orElse("");
        return "## " + definition.id() + "\n\n" + RuleText.of(definition.id()) + "\n"
                + wrapped("**How often**: %s.".formatted(rates(measured))) + "\n\n" + drawing + parameters(definition);
    }

    private static String parameters(StrategyDefinition definition) {
        var rows = ParameterItem.listOf(definition.schema()).stream()
                .map(item -> "| `%s` | %s | %s | %s | %s | %s |\n"
                        .formatted(
                                item.name(),
                                item.type(),
                                CatalogText.value(item.defaultValue()),
                                item.min() == null
                                        ? ""
                                        : CatalogText.value(item.min()) + " to " + CatalogText.value(item.max()),
                                item.unit(),
                                CatalogText.meaning(item)))
                .collect(Collectors.joining());
        var rules = ParameterItem.rules(definition.schema());
        return "| Parameter | Type | Default | Bounds | Unit | Meaning |\n|---|---|---|---|---|---|\n" + rows
                + (rules.isEmpty() ? "" : "\n" + wrapped(String.join("; ", rules) + ".") + "\n");
    }

    /** E.g. "on 12 of 802 candles (1.5 %) under python, never under corrected". */
    private static String rates(Measured measured) {
        var python = measured.of(RuleSet.PYTHON).size();
        var corrected = measured.of(RuleSet.CORRECTED).size();
        var series = measured.series();
        var candles =
                series.size() == 1 ? " generated ones of " + series.getFirst().timeframe() : " candles";
        var of = " of " + measured.evaluations() + candles;
        var rate = python == corrected
                ? rate(python, of, measured)
                : Stream.of(RuleSet.values())
                        .sorted(Comparator.comparing(
                                ruleSet -> measured.of(ruleSet).isEmpty()))
                        .map(ruleSet -> rate(measured.of(ruleSet).size(), of, measured) + " under `" + ruleSet + "`")
                        .collect(Collectors.joining(", "));
        return series.size() == 1 ? "never on the candles of the demo; " + rate : rate;
    }

    private static String rate(int count, String of, Measured measured) {
        var percent = 100.0 * count / measured.evaluations();
        return count == 0
                ? "never"
                : "on " + count + of + String.format(Locale.ROOT, percent < 1 ? " (%.2f %%)" : " (%.1f %%)", percent);
    }

    private static String series(Measured measured) {
        return measured.series().stream()
                .map(series -> "%d of %s, %s".formatted(series.length(), series.name(), series.timeframe()))
                .collect(Collectors.joining(" and "));
    }

    /** Under the rule set that most use, if it fires there; the middle one is neither the best nor the first. */
    private static Optional<Firing> example(Measured measured) {
        return Stream.of(RuleSet.values())
                .map(ruleSet -> measured.of(ruleSet).stream()
                        .filter(SignalChart::canShow)
                        .toList())
                .filter(shown -> !shown.isEmpty())
                .map(shown -> {
                    var own = shown.stream()
                            .filter(firing -> hasItsOwnRisk(firing.signal()))
                            .toList();
                    var chosen = own.isEmpty() ? shown : own;
                    return chosen.get(chosen.size() / 2);
                })
                .findFirst();
    }

    /** Neither on the wrong side nor given by the engine: a drawing shows the rule. */
    private static boolean hasItsOwnRisk(Signal signal) {
        var sign = signal.action() == Action.BUY ? 1 : -1;
        return signal.action() == Action.HOLD
                || !signal.metadata().containsKey("stop_loss_calculated")
                        && sign * signal.stopLoss() < sign * signal.price()
                        && sign * signal.price() < sign * signal.takeProfit();
    }

    private static String caption(Firing firing) {
        return "A signal on %s, %s, under %s"
                .formatted(firing.series().name(), firing.series().timeframe(), firing.ruleSet());
    }

    private static Path drawing(StrategyDefinition definition) {
        return Path.of("strategies", definition.id() + ".svg");
    }

    private static String wrapped(String text) {
        var line = new StringBuilder();
        var lines = new StringBuilder();
        for (var word : text.split(" ")) {
            if (line.length() + 1 + word.length() > 120) {
                lines.append(line).append('\n');
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        return lines.append(line).toString();
    }
}
