package io.tabot;

import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.testing.Markdown;
import io.tabot.testing.Markdown.Step;
import io.tabot.testing.ShellSession;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever types the commands of the documents sees what the documents say. */
class ApiDocIT {
    private static final String EXIT_CODE = "exit code ";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"docs/api.md, 20", "docs/agents.md, 7"})
    void everyCommandDoesWhatIsShown(String document, int stepsMin) throws Exception {
        var steps = Markdown.of(document).steps();
        var findings = new SoftAssertions();
        try (var session = new ShellSession(folder)) {
            for (var step : steps) {
                var result = session.run(step);
                findings.assertThat(result.exitCode())
                        .as("exit code of " + step.commands() + result.output())
                        .isEqualTo(exitCode(step));
                findings.assertThat(missing(step, result.output()))
                        .as(step.section() + ": " + step.commands() + result.output())
                        .isEmpty();
            }
        }
        assertThat(steps).hasSizeGreaterThan(stepsMin);
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

    /** What of the lines that are shown is not there, in their order; three dots stand for anything within a line. */
    private static List<String> missing(Step step, String output) {
        var lines = output.lines().iterator();
        return step.output().stream()
                .filter(line -> !line.startsWith(EXIT_CODE))
                .filter(shown -> !isAhead(shown, lines))
                .toList();
    }

    private static boolean isAhead(String shown, Iterator<String> lines) {
        while (lines.hasNext()) {
            if (shows(lines.next(), shown)) {
                return true;
            }
        }
        return false;
    }

    private static boolean shows(String line, String shown) {
        var from = 0;
        for (var part : shown.split("\\.\\.\\.", -1)) {
            var at = line.indexOf(part, from);
            if (at < 0) {
                return false;
            }
            from = at + part.length();
        }
        return true;
    }
}
