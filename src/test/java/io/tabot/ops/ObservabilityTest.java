package io.tabot.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tabot.testing.Markdown;
import io.tabot.testing.MetricsPage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Alert rules and dashboard ask for metrics that there are, and no alert leaves its reader alone. */
class ObservabilityTest {
    private static final Pattern ALERT =
            Pattern.compile("- alert: (\\w+)(.*?)(?=- alert:|\\z)", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern ENTRY = Pattern.compile(
            "^### (\\w+)\n\n\\*(\\w+)[^\n]*\\*\n\n(.+?)\n\n\\*\\*Do:\\*\\* ", Pattern.DOTALL | Pattern.MULTILINE);
    private static final int GRID = 24;

    private final String rules = read("observability/alerts.yaml");
    private final JsonNode dashboard = json();

    @Test
    void namesOnlyMetricsThatAreDocumented() {
        var named = new TreeSet<String>();
        for (var file : List.of("alerts.yaml", "alerts_test.yaml", "dashboard.json")) {
            named.addAll(MetricsPage.namedIn(read("observability/" + file)));
        }
        named.addAll(MetricsPage.namedIn(read("docs/alerts.md")));

        assertThat(named).hasSizeGreaterThan(25);
        assertThat(MetricsPage.documented().keySet()).containsAll(named);
    }

    @Test
    void everyAlertHasItsEntryOfTheSameSeverityThatSaysWhatToDo() {
        var documented = ENTRY.matcher(read("docs/alerts.md"))
                .results()
                .map(entry -> entry.group(1) + " " + entry.group(2))
                .toList();
        var alerts = ALERT.matcher(rules)
                .results()
                .map(alert -> alert.group(1) + " " + field(alert.group(2), "severity"))
                .toList();

        assertThat(alerts).hasSizeGreaterThan(20).doesNotHaveDuplicates();
        assertThat(documented).containsExactlyElementsOf(alerts);
    }

    @Test
    void everyAlertLeadsToItsEntryAndSaysInASentenceWhatIsTheMatter() {
        ALERT.matcher(rules).results().forEach(alert -> {
            assertThat(field(alert.group(2), "runbook_url"))
                    .isEqualTo("docs/alerts.md#" + alert.group(1).toLowerCase(Locale.ROOT));
            assertThat(field(alert.group(2), "summary")).hasSizeBetween(10, 90);
        });
    }

    @Test
    void everyAlertThatTheMissionNamesIsTestedInBothDirections() {
        var tests = read("observability/alerts_test.yaml");
        for (var name : List.of(
                "TaBotValidationFailures",
                "TaBotChangesNotStored",
                "TaBotConfigStale",
                "TaBotCandleSilence",
                "TaBotSignalSilence",
                "TaBotDuplicates",
                "TaBotChainBroken")) {
            assertThat(tests)
                    .containsPattern("alertname: " + name + "\n +exp_alerts: \\[]")
                    .containsPattern("alertname: " + name + "\n +exp_alerts:\n");
        }
    }

    @Test
    void theDashboardHasWhatIsWatched() {
        var titles =
                panels().stream().map(panel -> panel.path("title").asText()).collect(Collectors.toSet());

        assertThat(titles)
                .contains(
                        "Signals by strategy",
                        "Apply lag",
                        "Journal health",
                        "Lag: from close to evaluation",
                        "Rejected messages",
                        "Heap");
        var annotation = dashboard.path("annotations").path("list").path(0);
        assertThat(annotation.path("enable").asBoolean()).isTrue();
        assertThat(annotation.path("expr").asText()).contains("ta_bot_config_revision");
    }

    @Test
    void thePanelsOfTheDashboardAreCompleteAndDoNotOverlap() {
        var ids = new HashSet<Integer>();
        var cells = new HashSet<List<Integer>>();
        for (var panel : panels()) {
            assertThat(ids.add(panel.path("id").asInt())).as("%s", panel).isTrue();
            occupy(panel, cells);
            if (!panel.path("type").asText().equals("row")) {
                assertThat(panel.path("datasource").path("uid").asText()).isEqualTo("${datasource}");
                assertThat(panel.path("targets"))
                        .isNotEmpty()
                        .allSatisfy(target -> assertThat(target.path("expr").asText())
                                .contains("namespace=~\"$namespace\"", "job=~\"$job\""));
            }
        }
        assertThat(variables()).containsExactlyInAnyOrder("datasource", "namespace", "job");
    }

    private static void occupy(JsonNode panel, Set<List<Integer>> cells) {
        var place = panel.path("gridPos");
        assertThat(place.path("x").asInt() + place.path("w").asInt()).isLessThanOrEqualTo(GRID);
        for (var x = 0; x < place.path("w").asInt(); x++) {
            for (var y = 0; y < place.path("h").asInt(); y++) {
                assertThat(cells.add(List.of(
                                place.path("x").asInt() + x, place.path("y").asInt() + y)))
                        .as("%s", panel.path("title"))
                        .isTrue();
            }
        }
    }

    private List<JsonNode> panels() {
        return StreamSupport.stream(dashboard.path("panels").spliterator(), false)
                .toList();
    }

    private List<String> variables() {
        return dashboard.path("templating").path("list").findValuesAsText("name");
    }

    private static String field(String rule, String name) {
        var found = Pattern.compile("^ +" + name + ": (.*)$", Pattern.MULTILINE).matcher(rule);
        assertThat(found.find()).as("%s of %s", name, rule).isTrue();
        return found.group(1);
    }

    private static String read(String file) {
        return Markdown.of(file).text();
    }

    private static JsonNode json() {
        try {
            return new ObjectMapper()
                    .readTree(Files.readString(Markdown.root().resolve("observability/dashboard.json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
