package io.tabot.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tabot.testing.Markdown;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prometheus' own tool on the rules, on their tests, and on the queries of the dashboard. */
class PromtoolIT {
    private static final String PROMTOOL = System.getenv().getOrDefault("PROMTOOL", "promtool");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path FOLDER = Markdown.root().resolve("observability");

    private record Result(int code, String output) {}

    @TempDir
    Path temporary;

    @Test
    void takesTheRules() throws Exception {
        assertThat(run("check", "rules", FOLDER.resolve("alerts.yaml"))).satisfies(PromtoolIT::isGood);
    }

    @Test
    void findsThatEachAlertComesWhenItShouldAndNotBefore() throws Exception {
        assertThat(run("test", "rules", FOLDER.resolve("alerts_test.yaml"))).satisfies(PromtoolIT::isGood);
    }

    @Test
    void noticesAnAlertThatDoesNotCome() throws Exception {
        var rules = Files.readString(FOLDER.resolve("alerts.yaml"));
        Files.writeString(
                temporary.resolve("alerts.yaml"),
                rules.replace("(ta_bot_config_history_broken) == 1", "(ta_bot_config_history_broken) == 2"));
        var tests = Files.copy(FOLDER.resolve("alerts_test.yaml"), temporary.resolve("alerts_test.yaml"));

        assertThat(run("test", "rules", tests).code()).isNotZero();
    }

    /** JSON is YAML, so each query of a panel can be given as a rule. */
    @Test
    void understandsEveryQueryOfTheDashboard() throws Exception {
        var dashboard = JSON.readTree(FOLDER.resolve("dashboard.json").toFile());
        var rules = new ArrayList<Map<String, String>>();
        for (var query : dashboard.findValuesAsText("expr")) {
            var rule = new LinkedHashMap<String, String>();
            rule.put("record", "query:" + rules.size());
            rule.put("expr", query.replace("$__rate_interval", "5m"));
            rules.add(rule);
        }
        var file = temporary.resolve("queries.yaml");
        JSON.writeValue(file.toFile(), Map.of("groups", List.of(Map.of("name", "queries", "rules", rules))));

        assertThat(rules).hasSizeGreaterThan(30);
        assertThat(run("check", "rules", file)).satisfies(PromtoolIT::isGood);
    }

    private static void isGood(Result result) {
        assertThat(result.code()).as(result.output()).isZero();
    }

    private Result run(String command, String what, Path file) throws IOException, InterruptedException {
        var output = Files.createTempFile(temporary, "promtool-", ".txt");
        var process = new ProcessBuilder(PROMTOOL, command, what, file.toString())
                .directory(temporary.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return new Result(process.waitFor(), Files.readString(output, StandardCharsets.UTF_8));
    }
}
