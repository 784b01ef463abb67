package io.tabot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keeps every source file within the sizes of {@link Tidy}, and proves on made-up text that they are measured. */
class TidyTest {
    private static final Path ROOT = Path.of(System.getProperty("basedir", ""));
    private static final String MAIN = "src/main/java/io/tabot/A.java";
    private static final String TEST = "src/test/java/io/tabot/ATest.java";

    @Test
    void everySourceFileIsTidy() throws IOException {
        var sources = sources();

        assertThat(sources).extracting(JavaSource::path).contains("src/test/java/io/tabot/TidyTest.java");
        assertThat(sources.stream()
                        .flatMap(source -> Tidy.findings(source).stream())
                        .collect(Collectors.joining("\n")))
                .isEmpty();
    }

    @Test
    void limitsTheLinesOfAFile() {
        assertThat(Tidy.findings(JavaSource.of(MAIN, "\n".repeat(400)))).isEmpty();
        assertThat(Tidy.findings(JavaSource.of(MAIN, "\n".repeat(401))))
                .containsExactly(MAIN + ":401: the file has 401 lines, the limit is 400:"
                        + " ask which second thing it does and give that a file");
        assertThat(Tidy.findings(JavaSource.of(TEST, "\n".repeat(500)))).isEmpty();
        assertThat(Tidy.findings(JavaSource.of(TEST, "\n".repeat(501)))).hasSize(1);
    }

    @Test
    void limitsTheLengthOfALine() {
        assertThat(Tidy.findings(JavaSource.of(MAIN, "/" + "/".repeat(119)))).isEmpty();
        assertThat(Tidy.findings(JavaSource.of(MAIN, "\n/" + "/".repeat(120))))
                .containsExactly(MAIN + ":2: the line has 121 characters, the limit is 120: break it");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "    @Test\n    void long_() {%s}",
                "    A() {%s}",
                "    static {%s}",
                "    @Tags({\"{\", \"}\"}) public <T extends A> List<T> m(Map<A, B> a, int b) throws E, F {%s}",
                "    Runnable r = new Runnable() { public void run() {%s} };",
                "    void m() { call(x -> { y(); }, new B(c(1)) { void n() {%s} }); }",
                "    enum E { X(1) { void n() {%s} }; E(int i) {} }",
                "    record R(int i) { R {%s} }",
                "    interface I { default void d() {%s} }",
                "    char c = '{'; String s = \"\\\"{\"; /* { */ void m() {%s}",
                "    String t = \"\"\"\n  \\\"\"\"{ \" \"\"\"; void m() {%s}",
            })
    void limitsTheLinesOfAMethod(String member) {
        var source = "class A {\n" + member + "\n}\n";

        assertThat(Tidy.findings(JavaSource.of(MAIN, source.formatted("\n".repeat(39)))))
                .isEmpty();
        assertThat(Tidy.findings(JavaSource.of(MAIN, source.formatted("\n".repeat(40)))))
                .isNotEmpty()
                .allMatch(finding -> finding.contains(" has 41 lines, the limit is 40: name a part of it"));
    }

    @Test
    void doesNotTakeOtherBlocksForMethods() {
        var members = Stream.of(
                        "Runnable r = () -> {%s};",
                        "int[] a = {%s};",
                        "enum E { X {%s}, Y(1) {%s}; }",
                        "class B {%s}",
                        "Object o = new Object() {%s};",
                        "static final S S = of(new B() {%s}, c -> {%s});")
                .map(member -> member.replace("%s", "\n".repeat(50)));

        assertThat(members.flatMap(member -> Tidy.findings(JavaSource.of(MAIN, "class A {" + member + "}")).stream()))
                .isEmpty();
    }

    @Test
    void saysWhereALongMethodBegins() {
        var source =
                "class A {\n    // {\n    @Test\n    void wide(\n            int a) {" + "\n".repeat(50) + "}\n}\n";

        assertThat(Tidy.findings(JavaSource.of(MAIN, source)))
                .containsExactly(
                        MAIN + ":4: wide has 52 lines, the limit is 40: name a part of it and make that a method");
    }

    @Test
    void limitsTheParametersOfAConstructor() {
        var six = "int a, Map<B, C> b, @D({1, 2}) int c, int d, int e, int... f";

        assertThat(Tidy.findings(JavaSource.of(MAIN, "class A { A(" + six + ") {} }")))
                .isEmpty();
        assertThat(Tidy.findings(JavaSource.of(MAIN, "class A { void a(int z, " + six + ") {} }")))
                .isEmpty();
        assertThat(Tidy.findings(JavaSource.of(MAIN, "record A(int z) { A(int y, " + six + ") {} }")))
                .isEmpty();
        assertThat(Tidy.findings(JavaSource.of(MAIN, "class A {\n A(int z, " + six + ") {} }")))
                .containsExactly(
                        MAIN + ":2: the constructor of A has 7 parameters, the limit is 6: group them in a record");
    }

    @Test
    void wantsOnePublicTypeAFile() {
        assertThat(Tidy.findings(JavaSource.of(MAIN, "public class A { public class B {} }\nclass C {}")))
                .isEmpty();
        assertThat(Tidy.findings(JavaSource.of(MAIN, "public class A {}\npublic record B() {}")))
                .containsExactly(
                        MAIN + ":2: B is public type number 2 of this file, the limit is 1: give it its own file");
    }

    @Test
    void findsWorkLeftOverInComments() {
        assertThat(Tidy.findings(JavaSource.of(MAIN, "// TODOS and FIXMEs\nclass A { String s = \"TODO // FIXME\"; }")))
                .isEmpty();
        assertThat(Tidy.findings(JavaSource.of(MAIN, "// TO" + "DO: later\nclass A {\n/* x\n * FIX" + "ME */ }")))
                .containsExactly(
                        MAIN + ":1: work left over: do it now, or open an issue and say nothing here",
                        MAIN + ":4: work left over: do it now, or open an issue and say nothing here");
    }

    @Test
    void findsSleepingTests() {
        var sleeping = "class A { String s = \"Thread.sleep(1)\";\nvoid a() { Thread.sleep(1); } }";

        assertThat(Tidy.findings(JavaSource.of(MAIN, sleeping))).isEmpty();
        assertThat(Tidy.findings(JavaSource.of(TEST, sleeping)))
                .containsExactly(TEST + ":2: a test sleeps: wait for the condition (Awaitility) or move a fixed clock");
    }

    @Test
    void findsExceptionsThatVanish() {
        assertThat(Tidy.findings(JavaSource.of(MAIN, "class A { void a() { try { b(); } catch (E e) { c(); } } }")))
                .isEmpty();
        assertThat(Tidy.findings(JavaSource.of(
                        MAIN, "class A { void a() { try { b(); } catch (E e) {\n // Closed anyway.\n} } }")))
                .isEmpty();
        assertThat(Tidy.findings(JavaSource.of(MAIN, "class A { void a() { try { b(); }\ncatch (B | C e) { } } }")))
                .containsExactly(
                        MAIN + ":2: an exception vanishes: handle it, or say in the block why nothing is to be done");
    }

    @Test
    void refusesAFileItCannotRead() {
        assertThatThrownBy(() -> Tidy.findings(JavaSource.of(MAIN, "class A { void a() { }")))
                .hasMessageContaining("1 braces are not closed");
        assertThatThrownBy(() -> Tidy.findings(JavaSource.of(MAIN, "class A { }\n}")))
                .hasMessageContaining(MAIN + ":2: a closing brace too many");
    }

    private static List<JavaSource> sources() throws IOException {
        try (var files = Files.walk(ROOT.resolve("src"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .map(TidyTest::read)
                    .toList();
        }
    }

    private static JavaSource read(Path file) {
        try {
            var path = ROOT.relativize(file).toString().replace('\\', '/');
            return JavaSource.of(path, Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
