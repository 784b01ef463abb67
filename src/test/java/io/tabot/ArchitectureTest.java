package io.tabot;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the packages to {@link Architecture}, and proves on classes that are wrong on purpose that its rules bite. */
class ArchitectureTest {
    private static final JavaClasses main = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.tabot");

    private static final Path SOURCES = Path.of(System.getProperty("basedir", ""), "src/main/java");

    static List<ArchRule> rules() {
        return new Architecture("io.tabot").rules();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void holds(ArchRule rule) {
        rule.check(main);
    }

    @Test
    void everyPackageIsNullMarked() throws IOException {
        assertThat(packagesWithoutMark(SOURCES)).isEmpty();
    }

    @Test
    void noticesAPackageWithoutMark(@TempDir Path sources) throws IOException {
        Files.createDirectories(sources.resolve("a/marked"));
        Files.writeString(sources.resolve("a/marked/package-info.java"), "@NullMarked\npackage a.marked;");
        Files.createDirectories(sources.resolve("a/forgotten"));
        Files.writeString(sources.resolve("a/forgotten/package-info.java"), "package a.forgotten;");
        Files.createDirectories(sources.resolve("a/bare"));
        Files.writeString(sources.resolve("a/bare/A.java"), "package a.bare;");

        assertThat(packagesWithoutMark(sources))
                .containsExactly(
                        "a/bare: add a package-info.java with @NullMarked and a sentence on what it owns",
                        "a/forgotten: add a package-info.java with @NullMarked and a sentence on what it owns");
    }

    @Test
    void theRulesBite() {
        var broken = new ClassFileImporter().importPackages("io.tabot.broken");

        var violations = new Architecture("io.tabot.broken")
                .rules().stream()
                        .flatMap(rule -> rule.evaluate(broken).getFailureReport().getDetails().stream())
                        .collect(Collectors.joining("\n"));

        assertThat(violations)
                .contains("Field <io.tabot.broken.indicator.UsesTheMarket.market> has type")
                .contains("Cycle detected: Slice indicator")
                .contains("calls method <java.time.Instant.now()>")
                .contains("calls method <java.lang.System.currentTimeMillis()>")
                .contains("calls method <java.time.Clock.systemUTC()>")
                .contains("calls constructor <java.util.Random.<init>()>")
                .contains("references method <java.util.UUID.randomUUID()>")
                .contains("org.apache.pekko.actor.typed.ActorRef")
                .contains("java.nio.file.Path")
                .contains("calls method <java.lang.String.formatted(")
                .contains("io.nats.client.Connection")
                .contains("org.apache.pekko.http.javadsl.model.HttpRequest")
                .contains("java.sql.ResultSet")
                .contains("org.ta4j.core.BarSeries")
                .contains("<io.tabot.broken.attic.Forgotten> does not satisfy be in one of the packages")
                .doesNotContain("Random.<init>(long)")
                .doesNotContain("String.format(java.util.Locale")
                .doesNotContain("Instant.now(java.time.Clock)")
                .doesNotContain("broken.ops");
    }

    private static List<String> packagesWithoutMark(Path sources) throws IOException {
        try (var files = Files.walk(sources)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(Path::getParent)
                    .distinct()
                    .filter(folder -> !isMarked(folder.resolve("package-info.java")))
                    .map(folder -> sources.relativize(folder)
                            + ": add a package-info.java with @NullMarked and a sentence on what it owns")
                    .sorted()
                    .toList();
        }
    }

    private static boolean isMarked(Path packageInfo) {
        try {
            return Files.exists(packageInfo) && Files.readString(packageInfo).contains("@NullMarked\npackage ");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
