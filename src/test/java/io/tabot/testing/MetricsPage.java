package io.tabot.testing;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** docs/metrics.md as data, and the same of what a service answers to a scrape. */
public final class MetricsPage {
    /** Ours, wherever they are named. */
    private static final Pattern NAME = Pattern.compile("\\bta_bot_[a-z0-9_]+");

    private static final Pattern ROW =
            Pattern.compile("^\\| `(ta_bot_[a-z0-9_]+)` \\| (\\w+) \\| ([\\w, ]*)\\|.*$", Pattern.MULTILINE);
    private static final Pattern TYPE = Pattern.compile("^# TYPE (ta_bot_[a-z0-9_]+) (\\w+)$", Pattern.MULTILINE);
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");

    /**
     * One metric.
     *
     * @param labels without {@code le}, which every histogram has
     */
    public record Metric(String name, String type, Set<String> labels) {}

    private MetricsPage() {}

    /** Those that the page explains. */
    public static Map<String, Metric> documented() {
        var metrics = new LinkedHashMap<String, Metric>();
        ROW.matcher(Markdown.of("docs/metrics.md").text()).results().forEach(row -> {
            var labels = Arrays.stream(row.group(3).split(","))
                    .map(String::strip)
                    .filter(label -> !label.isEmpty())
                    .collect(Collectors.toSet());
            metrics.put(row.group(1), new Metric(row.group(1), row.group(2), labels));
        });
        return metrics;
    }

    /** Those of a scrape. The largest value of a timer is no metric of its own. */
    public static Map<String, Metric> scraped(String text) {
        var metrics = new LinkedHashMap<String, Metric>();
        TYPE.matcher(text).results().forEach(found -> {
            var name = found.group(1);
            metrics.put(name, new Metric(name, found.group(2), labels(text, name)));
        });
        metrics.keySet()
                .removeIf(name -> name.endsWith("_max") && metrics.containsKey(name.substring(0, name.length() - 4)));
        return metrics;
    }

    /** The metrics that a query or a text names, by the names that the page has. */
    public static Set<String> namedIn(String text) {
        var documented = documented().keySet();
        return NAME.matcher(text)
                .results()
                .map(found -> family(found.group(), documented))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String family(String name, Set<String> documented) {
        var base = name.replaceFirst("_(bucket|count|sum|max)$", "");
        return documented.contains(name) || !documented.contains(base) ? name : base;
    }

    private static Set<String> labels(String text, String name) {
        return Pattern.compile("^" + name + "(_bucket|_count|_sum)?\\{(.*)} \\S+$", Pattern.MULTILINE)
                .matcher(text)
                .results()
                .flatMap(line -> LABEL.matcher(line.group(2)).results())
                .map(label -> label.group(1))
                .filter(label -> !label.equals("le"))
                .collect(Collectors.toSet());
    }
}
