package io.tabot;

import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.testing.Markdown;
import io.tabot.testing.Markdown.Step;
import io.tabot.testing.ShellSession;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever types the commands of the documents sees what the documents say. */
class ApiDocIT {
    private static final String EXIT_CODE = "exit code ";

    @TempDir
    private Path folder;

    @Test
    void everyCommandOfTheApiTasksDoesWhatIsShown() throws Exception {
        var steps = Markdown.of("docs/api.md").steps();
        var findings = new SoftAssertions();
        try (var session = new ShellSession(folder)) {
            for (var step : steps) {
                var result = session.run(step);
                findings.assertThat(result.exitCode())
                        .as("exit code of " + step.commands() + result.output())
                        .isEqualTo(exitCode(step));
                findings.assertThat(result.output())
                        .as(step.section() + ": " + step.commands())
                        .containsPattern(pattern(step));
            }
        }
        assertThat(steps).hasSizeGreaterThan(20);
        findings.assertAll();
    }

    /** The README shows no output: its answers are long. */
    @Test
    void theChangesOfTheReadmeAreTakenAndTheWrongOneIsRefused() throws Exception {
        var steps = Markdown.of("README.md").steps().stream()
                .filter(step -> List.of("Run it", "Change it while it runs").contains(step.section()))
                .toList();
        var answers = new ArrayList<String>();
        try (var session = new ShellSession(folder)) {
            for (var step : steps) {
                var result = session.run(step);
                assertThat(result.exitCode())
                        .as(step.commands() + result.output())
                        .isZero();
                if (step.commands().startsWith("curl")) {
                    result.output().lines().forEach(answers::add);
                }
            }
        }

        assertThat(answers).hasSizeGreaterThan(8);
        assertThat(answers.getLast()).contains("\"success\":false", "\"code\":\"VALIDATION_ERROR\"");
        assertThat(answers.subList(0, answers.size() - 1))
                .allMatch(answer -> answer.contains("\"success\":true") || answer.contains("\"status\":\"healthy\""));
    }

    private static int exitCode(Step step) {
        return step.output().stream()
                .filter(line -> line.startsWith(EXIT_CODE))
                .map(line -> Integer.parseInt(line.substring(EXIT_CODE.length())))
                .findFirst()
                .orElse(0);
    }

    /** Every line that is shown, in its order; three dots stand for anything. */
    private static Pattern pattern(Step step) {
        var lines = step.output().stream()
                .filter(line -> !line.startsWith(EXIT_CODE))
                .map(line -> Arrays.stream(line.split("\\.\\.\\.", -1))
                        .map(Pattern::quote)
                        .collect(Collectors.joining(".*")))
                .collect(Collectors.joining("(?s:.*?)\n(?s:.*?)"));
        return Pattern.compile(lines);
    }
}
