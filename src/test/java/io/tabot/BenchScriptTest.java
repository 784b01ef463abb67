package io.tabot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tabot.testing.Markdown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs bin/bench over scripts that measure nothing. */
class BenchScriptTest {
    @TempDir
    Path project;

    private record Result(int code, String out, String err) {
        List<String> lines() {
            return out.lines().toList();
        }
    }

    @BeforeEach
    void setUp() throws IOException {
        for (var name : List.of("bin/bench", "bin/lib/measure.sh")) {
            script(name, Files.readString(Markdown.root().resolve(name)));
        }
        script("bin/bench-a", "#!/usr/bin/env bash\n# Quick: bin/bench-a 1 few\necho \"a takes $# $*\"\n");
        script("bin/bench-b", "#!/usr/bin/env bash\necho \"b takes $# $*\"\n");
    }

    @Test
    void runsEveryScriptWithTheMachineTheCommitAndTheLoad() throws Exception {
        var result = run();

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.lines()).containsSubsequence("a takes 0 ", "b takes 0 ");
        assertThat(result.lines().stream()
                        .filter(line -> line.matches(".* CPUs, .* GiB, .*, commit .*, load average [\\d.]+")))
                .hasSize(2);
    }

    @Test
    void runsOnlyTheNamedOnes() throws Exception {
        assertThat(run("b").out()).contains("b takes 0").doesNotContain("a takes");
        assertThat(run("c").code()).isEqualTo(2);
    }

    @Test
    void givesTheShortFormAndLeavesOutWhatHasNone() throws Exception {
        var result = run("--quick");

        assertThat(result.lines()).contains("a takes 2 1 few");
        assertThat(result.out()).contains("bench-b: left out").doesNotContain("b takes");
    }

    @Test
    void goesOnAfterAFailureAndEndsWithIt() throws Exception {
        script("bin/bench-a", "#!/usr/bin/env bash\nexit 3\n");

        var result = run();

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).contains("b takes 0");
        assertThat(result.err()).contains("failed: a");
    }

    /** A script that is renamed or copied takes its short form along. */
    @Test
    void namesTheScriptInItsOwnShortForm() throws IOException {
        try (var scripts = Files.list(Markdown.root().resolve("bin"))) {
            assertThat(scripts.filter(file -> file.getFileName().toString().startsWith("bench-")))
                    .hasSizeGreaterThan(5)
                    .allSatisfy(file -> assertThat(Files.readAllLines(file))
                            .filteredOn(line -> line.startsWith("# Quick:"))
                            .allMatch(line -> (line + " ").startsWith("# Quick: bin/" + file.getFileName() + " ")));
        }
    }

    private void script(String name, String text) throws IOException {
        var file = project.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private Result run(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of(project.resolve("bin/bench").toString()));
        Stream.of(arguments).forEach(command::add);
        var process = new ProcessBuilder(command).start();
        var out = new String(process.getInputStream().readAllBytes(), UTF_8);
        var err = new String(process.getErrorStream().readAllBytes(), UTF_8);
        return new Result(process.waitFor(), out, err);
    }
}
