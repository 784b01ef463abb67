package io.tabot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the scripts of bin/ on a copy of the project, with a made-up Maven and a made-up JDK 99 that writes down its
 * arguments. The copy asks for a Java 99, so that the JDKs of this machine are too old for it.
 */
class ScriptsTest {
    private static final Path BIN = Path.of(System.getProperty("basedir", ""), "bin");
    private static final String TOOLS =
            "awk bash cat chmod cp dirname env find flock id mkdir mktemp readlink rm sed touch";

    private static final String MAVEN = """
            #!/usr/bin/env bash
            echo "$PWD: $*" >> "$CALLS"
            [ -z "${BROKEN:-}" ] || { echo "[ERROR] Foo.java:1: no such thing"; exit 1; }
            mkdir -p target/lib && echo jar > target/ta-bot-1.jar
            """;

    @TempDir
    Path temporary;

    private Path project;
    private Path tools;
    private Path jdk;

    private record Result(int code, String out, String err) {
        List<String> lines() {
            return out.lines().toList();
        }
    }

    @BeforeEach
    void setUp() throws IOException {
        project =
                Files.createDirectories(temporary.resolve("my projects/ta-bot")).toRealPath();
        tools = Files.createDirectories(temporary.resolve("tools"));
        for (var tool : TOOLS.split(" ")) {
            delegate(tool);
        }
        try (var scripts = Files.walk(BIN)) {
            for (var script : scripts.filter(Files::isRegularFile).toList()) {
                var text = Files.readString(script).replace("needed_java=25", "needed_java=99");
                write(project.resolve("bin").resolve(BIN.relativize(script)), text);
            }
        }
        write(project.resolve("pom.xml"), "<project/>");
        write(project.resolve("src/main/java/A.java"), "class A {}");
        write(tools.resolve("mvn"), MAVEN);
        jdk = jdk("99.0.1");
        write(jdk.resolve("bin/java"), "#!/usr/bin/env bash\nprintf '%s\\n' \"$@\" \"in $PWD\"\nexit ${CODE:-0}\n");
    }

    @Test
    void namesTheJavaItFoundWhenNoneIsNewEnough() throws Exception {
        var old = jdk("1.8.0_402");

        var result = run(command("ta-bot"), "JAVA_HOME=" + old);

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .contains("ta-bot needs a JDK 99 or newer. Found:", "  " + old + " (Java 8)")
                .contains("set JAVA_HOME to its folder");
    }

    @Test
    void wantsACompiler() throws Exception {
        Files.delete(jdk.resolve("bin/javac"));

        assertThat(run(command("ta-bot")).err()).contains(jdk + " (Java 99, without a compiler)");
    }

    @Test
    void findsTheJavaOfThePathWhenJavaHomeIsTooOld() throws Exception {
        Files.createSymbolicLink(tools.resolve("java"), jdk.resolve("bin/java"));

        assertThat(run(command("ta-bot"), "JAVA_HOME=" + jdk("17.0.15")).code()).isZero();
    }

    @Test
    void buildsOnceAndRunsWithTheArgumentsGiven() throws Exception {
        var first = run(command("ta-bot", "replay", "--candles", "my candles.csv", "*", ""));
        var second = run(command("ta-bot"));

        assertThat(first.code()).isZero();
        assertThat(first.err()).isEqualTo("building ta-bot ...\n");
        assertThat(first.lines())
                .contains("-Dtabot.home=" + project)
                .containsSequence("-jar", project + "/target/ta-bot-1.jar", "replay")
                .endsWith("replay", "--candles", "my candles.csv", "*", "", "in " + temporary.toRealPath());
        assertThat(second.err()).isEmpty();
        assertThat(builds()).singleElement().asString().startsWith(project + ": ");
    }

    @Test
    void handsOptionsToTheJvmAfterItsOwn() throws Exception {
        var result = run(command("ta-bot"), "TABOT_JAVA_OPTS=-Xmx2g -Dtabot.home=elsewhere");

        assertThat(result.lines())
                .containsSubsequence("-Dtabot.home=" + project, "-Xmx2g", "-Dtabot.home=elsewhere", "-jar");
    }

    @Test
    void choosesACollectorForCommandsThatEndUnlessTheCallerDid() throws Exception {
        var serial = "-XX:+UseSerialGC";

        assertThat(run(command("ta-bot", "signals")).lines()).contains(serial);
        assertThat(run(command("ta-bot", "run")).lines()).doesNotContain(serial);
        assertThat(run(command("ta-bot", "cluster", "start", "--nodes", "3")).lines())
                .doesNotContain(serial);
        assertThat(run(command("ta-bot", "signals"), "TABOT_JAVA_OPTS=-Xmx2g -XX:+UseParallelGC")
                        .lines())
                .contains("-XX:+UseParallelGC")
                .doesNotContain(serial);
    }

    @Test
    void runsThroughALink() throws Exception {
        var link = Files.createSymbolicLink(temporary.resolve("ta"), project.resolve("bin/ta-bot"));

        assertThat(run(List.of(link.toString())).lines()).contains("-Dtabot.home=" + project);
    }

    @Test
    void keepsTheExitCode() throws Exception {
        assertThat(run(command("ta-bot"), "CODE=7").code()).isEqualTo(7);
    }

    @Test
    void buildsAgainWhenASourceIsNewer() throws Exception {
        run(command("ta-bot"));
        var later = FileTime.from(Instant.now().plusSeconds(60));
        Files.setLastModifiedTime(project.resolve("src/main/java/A.java"), later);

        assertThat(run(command("ta-bot")).err()).isEqualTo("building ta-bot ...\n");
    }

    @Test
    void buildsOnceForTwoAtATime() throws Exception {
        var first = start(command("ta-bot"));
        var second = start(command("ta-bot"));

        assertThat(finish(first).code() + finish(second).code()).isZero();
        assertThat(builds()).hasSize(1);
    }

    @Test
    void showsWhyItCouldNotBeBuilt() throws Exception {
        var result = run(command("ta-bot"), "BROKEN=yes");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("[ERROR] Foo.java:1: no such thing", "ta-bot could not be built");
    }

    @Test
    void saysThatMavenIsMissing() throws Exception {
        Files.delete(tools.resolve("mvn"));

        var result = run(command("ta-bot"));

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("there is no mvn on the PATH. Install it");
    }

    @Test
    void verifySumsTheReports() throws Exception {
        reports(6, 0, 0, 1);

        var result = run(
                command("verify"),
                "NATS_SERVER=/nats",
                "MARIADBD=/mariadbd",
                "CHROMIUM=/chromium",
                "PROMTOOL=/promtool");

        assertThat(result.code()).isZero();
        assertThat(result.lines()).last().isEqualTo("10 passed, 0 failed, 2 skipped");
        assertThat(builds()).last().asString().contains("spotless:check verify");
    }

    @Test
    void verifyFailsWithATestOrMavenOrWithoutTests() throws Exception {
        var empty = run(command("verify", "--quick"));
        reports(6, 1, 2, 0);
        var failed = run(command("verify", "--quick"));
        reports(6, 0, 0, 0);
        var broken = run(command("verify", "--quick"), "BROKEN=yes");

        assertThat(Stream.of(empty, failed, broken).map(Result::code)).containsOnly(1);
        assertThat(empty.lines()).last().isEqualTo("0 passed, 0 failed, 0 skipped");
        assertThat(failed.lines()).last().isEqualTo("6 passed, 6 failed, 0 skipped");
    }

    /** Makes Maven leave two reports with these numbers. */
    private void reports(int tests, int errors, int failures, int skipped) throws IOException {
        var report = "<testsuite name=\"a\" tests=\"%d\" errors=\"%d\" skipped=\"%d\" failures=\"%d\">\n<testcase/>"
                .formatted(tests, errors, skipped, failures);
        write(project.resolve("report.xml"), report);
        write(tools.resolve("mvn"), MAVEN + """
                        mkdir -p target/surefire-reports target/failsafe-reports
                        cp report.xml target/surefire-reports/TEST-A.xml
                        cp report.xml target/failsafe-reports/TEST-B.xml
                        """);
    }

    private List<String> builds() throws IOException {
        return Files.readAllLines(temporary.resolve("calls"));
    }

    private Path jdk(String version) throws IOException {
        var folder = temporary.toRealPath().resolve("jdk " + version);
        write(folder.resolve("release"), "IMPLEMENTOR=\"A\"\nJAVA_VERSION=\"" + version + "\"\n");
        write(folder.resolve("bin/java"), "");
        write(folder.resolve("bin/javac"), "");
        return folder;
    }

    /** Not a link: JUnit warns of each that leads out of the temporary folder. */
    private void delegate(String tool) throws IOException {
        var found = Arrays.stream(System.getenv("PATH").split(":"))
                .map(folder -> Path.of(folder, tool))
                .filter(Files::isExecutable)
                .findFirst();
        if (found.isPresent()) {
            write(tools.resolve(tool), "#!/bin/sh\nexec '" + found.get() + "' \"$@\"\n");
        }
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private List<String> command(String script, String... arguments) {
        return Stream.concat(Stream.of(project.resolve("bin/" + script).toString()), Stream.of(arguments))
                .toList();
    }

    private Result run(List<String> command, String... environment) throws Exception {
        return finish(start(command, environment));
    }

    private Process start(List<String> command, String... environment) throws IOException {
        var builder = new ProcessBuilder(command).directory(temporary.toFile());
        var variables = builder.environment();
        variables.keySet().removeIf(name -> name.startsWith("TABOT_"));
        variables.put("PATH", tools.toString());
        variables.put("HOME", temporary.toString());
        variables.put("JAVA_HOME", jdk.toString());
        variables.put("CALLS", temporary.resolve("calls").toString());
        for (var variable : environment) {
            var parts = variable.split("=", 2);
            variables.put(parts[0], parts[1]);
        }
        return builder.start();
    }

    private static Result finish(Process process) throws Exception {
        var out = new String(process.getInputStream().readAllBytes(), UTF_8);
        var err = new String(process.getErrorStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Result(process.exitValue(), out, err);
    }
}
