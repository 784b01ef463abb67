package io.tabot;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.tabot.testing.Markdown;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documents name exists: links, files, classes and settings. Moving one takes its document along. */
class DocsTest {
    private static final Path ROOT = Markdown.root();
    private static final Path SOURCES = ROOT.resolve("src/main/java/io/tabot");
    private static final int LINE_LENGTH = 120;
    private static final Pattern FILE = Pattern.compile("(src|bin|docs|\\.ci|\\.mvn)/[\\w./-]+|[\\w/]+\\.java");
    private static final Pattern CLASS = Pattern.compile("([A-Z][a-z0-9]+){2,}(IT)?(\\.\\w+)*(\\(\\))?");
    private static final Pattern SETTING = Pattern.compile("tabot\\.[a-z.-]*[a-z]");

    /** Names of others that look like ours. */
    private static final Set<String> FOREIGN = Set.of("DoubleNum");

    private static final Set<String> WORDS = words();
    private static final Config SETTINGS =
            ConfigFactory.parseFile(ROOT.resolve("application.conf").toFile()).resolve();

    static List<Path> documents() {
        try (var docs = Files.walk(ROOT.resolve("docs"))) {
            return Stream.concat(docs, Stream.of(ROOT.resolve("README.md")))
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void namesOnlyWhatExists(Path file) {
        assertThat(findings(Markdown.of(file)))
                .as(ROOT.relativize(file).toString())
                .isEmpty();
    }

    @Test
    void findsWhatDoesNotExist() {
        // In two parts, or this file would have the names in it.
        var type = "Config" + "Vanished";
        var member = "van" + "ished";
        var document = new Markdown(
                ROOT.resolve("docs/made-up.md"),
                "[a](operations.md) [b](gone.md#x) [c](https://example.org) `bin/ta-bot run` `bin/gone`\n"
                        + "`market/Candle.java` `market/Gone.java`\n"
                        + "`ConfigFeed` `" + type + "` `SignalActor." + member + "()` `NatsRestartIT`\n"
                        + "`tabot.http.port` `-Dtabot.http.gone=1`\n"
                        + "```\n`bin/in-a-block`\n```\n"
                        + "long ".repeat(25));

        assertThat(findings(document))
                .containsExactly(
                        "no file gone.md",
                        "no file bin/gone",
                        "no file market/Gone.java",
                        "nothing is called " + type,
                        "nothing is called " + member,
                        "no setting tabot.http.gone",
                        "line of 125 characters, at most 120");
    }

    private static List<String> findings(Markdown document) {
        return Stream.of(
                        missingLinks(document),
                        missingFiles(document),
                        missingNames(document),
                        missingSettings(document),
                        longLines(document))
                .flatMap(findings -> findings)
                .toList();
    }

    private static Stream<String> missingLinks(Markdown document) {
        return document.links().stream()
                .filter(link -> !link.contains("://") && !link.startsWith("#"))
                .map(link -> link.replaceFirst("#.*", ""))
                .filter(link -> !Files.exists(document.file().resolveSibling(link)))
                .map(link -> "no file " + link);
    }

    private static Stream<String> missingFiles(Markdown document) {
        return document.codes().stream()
                .map(code -> code.split(" ")[0])
                .filter(code -> FILE.matcher(code).matches() && !isFile(code))
                .map(code -> "no file " + code);
    }

    private static boolean isFile(String code) {
        return Files.exists(ROOT.resolve(code)) || Files.exists(SOURCES.resolve(code));
    }

    private static Stream<String> missingNames(Markdown document) {
        return document.codes().stream()
                .filter(code -> CLASS.matcher(code).matches())
                .flatMap(code -> Stream.of(code.replace("()", "").split("\\.")))
                .filter(name -> !WORDS.contains(name) && !FOREIGN.contains(name))
                .map(name -> "nothing is called " + name);
    }

    private static Stream<String> missingSettings(Markdown document) {
        return document.codes().stream()
                .flatMap(code -> SETTING.matcher(code).results())
                .map(MatchResult::group)
                .filter(setting -> !SETTINGS.hasPath(setting))
                .map(setting -> "no setting " + setting);
    }

    /** A row of a table can't be broken. */
    private static Stream<String> longLines(Markdown document) {
        return document.prose()
                .lines()
                .filter(line -> line.length() > LINE_LENGTH && !line.startsWith("|"))
                .map(line -> "line of " + line.length() + " characters, at most " + LINE_LENGTH);
    }

    private static Set<String> words() {
        return sources("src")
                .flatMap(text -> Pattern.compile("\\w+").matcher(text).results())
                .map(found -> found.group())
                .collect(Collectors.toSet());
    }

    private static Stream<String> sources(String folder) {
        try (var files = Files.walk(ROOT.resolve(folder))) {
            return files
                    .filter(file -> file.toString().endsWith(".java"))
                    .map(file -> Markdown.of(file).text())
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
